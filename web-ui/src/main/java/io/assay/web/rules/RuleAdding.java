package io.assay.web.rules;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Broker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Adds a block that a page has put together to a project's rules, whose home is the web. */
@Component
public class RuleAdding {
  private final RulePublishing publishing;
  private final ActiveRules active;

  RuleAdding(RulePublishing publishing, ActiveRules active) {
    this.publishing = publishing;
    this.active = active;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** It is in force, as of this generation. */
    record Done(long generation) implements Outcome {}

    /** It has mistakes; with carets, for people. */
    record Wrong(String mistakes) implements Outcome {}

    /** It is kept for a second person, who publishes it or not. */
    record Waiting(long proposal, String why) implements Outcome {}

    /** It could not be published, and why; {@code status} as programs are told. */
    record Refused(HttpStatus status, String why) implements Outcome {}
  }

  /**
   * The rules as they would be.
   *
   * @param rules empty where something is wrong
   * @param mistakes what is wrong or odd, with carets; empty where nothing is
   */
  public record Checked(Optional<CheckedRules> rules, String mistakes) {}

  /** The rules with a block more at the end of a file, which is made where there is none. */
  private static RuleContent with(Optional<RuleContent> now, String file, String block) {
    List<SourceFile> files = new ArrayList<>();
    boolean placed = false;
    for (SourceFile one : now.map(RuleContent::files).orElse(List.of())) {
      boolean here = one.name().equals(file);
      placed |= here;
      files.add(
          here
              ? new SourceFile(
                  file, one.text().stripTrailing() + "\n\n" + lines(block), one.usual())
              : one);
    }
    if (!placed) {
      files.add(new SourceFile(file, "language 1\n\n" + lines(block)));
    }
    return new RuleContent(files, now.map(RuleContent::parameters).orElse(Map.of()));
  }

  private static RuleContent content(RuleGeneration generation) {
    return generation.set().content();
  }

  /** A form ends its lines its own way. */
  private static String lines(String block) {
    return block.replace("\r\n", "\n").replace('\r', '\n').strip() + "\n";
  }

  /** Nothing is published. */
  public Checked check(String project, String file, String block, SignedIn person) {
    RuleContent content = with(active.generation(project).map(RuleAdding::content), file, block);
    List<Issue> issues;
    try {
      issues = publishing.check(project, content, person);
    } catch (KafkaException failure) {
      return new Checked(Optional.empty(), publishing.told(failure));
    }
    String mistakes =
        issues.stream().anyMatch(Issue::isError)
            ? new IssueRenderer(content.files()).render(issues)
            : "";
    Compilation compilation = new RuleCompiler().compile(content.files(), content.parameters());
    return new Checked(mistakes.isEmpty() ? compilation.rules() : Optional.empty(), mistakes);
  }

  /** Publishes it behind what is in force now. */
  public Outcome add(String project, String file, String block, SignedIn person) {
    // Asked once: what it is added to is what it follows, whoever publishes meanwhile.
    Optional<RuleGeneration> now = active.generation(project);
    RuleContent content = with(now.map(RuleAdding::content), file, block);
    long follows = now.map(RuleGeneration::number).orElse(0L);
    try {
      return switch (publishing.publish(
          project, content, person, OptionalLong.of(follows), false)) {
        case RulePublishing.Result.Done done -> new Outcome.Done(done.set().generation());
        case RulePublishing.Result.Wrong(var issues) ->
            new Outcome.Wrong(new IssueRenderer(content.files()).render(issues));
        case RulePublishing.Result.Overtaken ignored ->
            new Outcome.Refused(
                HttpStatus.CONFLICT,
                "someone else has published rules meanwhile: look at it once more, and publish it"
                    + " again");
        case RulePublishing.Result.Elsewhere(var newest) ->
            new Outcome.Refused(
                HttpStatus.CONFLICT,
                "the rules of this project are kept in files at %s: put the block there"
                    .formatted(newest.origin().place()));
        case RulePublishing.Result.Waiting(var proposal) ->
            new Outcome.Waiting(
                proposal.id(),
                "it is kept as proposal %d: critical assertions (%s) need a second person, who approves it on the page of rules"
                    .formatted(proposal.id(), String.join(", ", proposal.assertions())));
        case RulePublishing.Result.NoBroker() ->
            new Outcome.Refused(
                HttpStatus.SERVICE_UNAVAILABLE,
                "rules are published on a broker, and assay.sink.bootstrap-servers is not set");
      };
    } catch (KafkaException failure) {
      return new Outcome.Refused(Broker.status(failure), publishing.told(failure));
    }
  }
}
