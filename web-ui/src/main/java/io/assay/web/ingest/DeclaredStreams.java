package io.assay.web.ingest;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.app.RuleTexts;
import io.assay.stream.contract.Topics;
import io.assay.web.rules.ActiveRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * The streams of each project: as its active rules declare them, and until there are any as the
 * files that the settings name.
 */
final class DeclaredStreams {
  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(3);
  private static final int RETRY_SECONDS = 5;

  private final ActiveRules active;
  private final String project;
  private final Optional<CheckedRules> configured;

  /**
   * @param project whose rules the configured ones are
   */
  DeclaredStreams(ActiveRules active, String project, Optional<CheckedRules> configured) {
    this.active = active;
    this.project = project;
    this.configured = configured;
  }

  /**
   * Compiles rule files.
   *
   * @param topics Assay's own, which rules may not name
   * @throws IllegalArgumentException where they have errors, with all of them
   */
  static CheckedRules compile(Path path, Topics topics) {
    List<SourceFile> sources = RuleTexts.read(path);
    Compilation compiled = new RuleCompiler(topics::owner).compile(sources);
    return compiled
        .rules()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the rules at %s have errors:%n%s"
                        .formatted(path, new IssueRenderer(sources).render(compiled.issues()))));
  }

  /**
   * A stream.
   *
   * @param serving the serving stack whose records become its events, if they are not plain JSON
   */
  record Declared(StreamType type, Optional<Serving> serving) {}

  Optional<Declared> find(String asked, String name) {
    return rules(asked).flatMap(rules -> declared(rules, name));
  }

  private static Optional<Declared> declared(CheckedRules rules, String name) {
    return rules.stream(name)
        .map(
            type ->
                new Declared(
                    type,
                    rules.declared().streams().stream()
                        .filter(declared -> declared.type().name().equals(name))
                        .findFirst()
                        .flatMap(DeclaredStream::serving)));
  }

  /** In order of declaration. */
  List<String> names(String asked) {
    return rules(asked)
        .map(rules -> rules.streams().stream().map(StreamType::name).toList())
        .orElse(List.of());
  }

  private Optional<CheckedRules> rules(String asked) {
    return active
        .of(asked)
        .or(() -> asked.equals(project) ? configured : Optional.empty())
        .or(() -> afterWaiting(asked));
  }

  /** That there are none is certain only when everything published has been read. */
  private Optional<CheckedRules> afterWaiting(String asked) {
    try {
      if (!active.awaitKnown(UNTIL_KNOWN)) {
        throw new RequestRefused(
                HttpStatus.SERVICE_UNAVAILABLE, "the rules of this project are not known here yet")
            .after(RETRY_SECONDS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return active.of(asked);
  }
}
