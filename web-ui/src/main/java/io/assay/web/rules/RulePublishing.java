package io.assay.web.rules;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleGenerations;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleSet;
import io.assay.stream.contract.RuleWriter;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Broker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;

/** Publishes rules whose home is the web, once they hold. */
class RulePublishing {
  /** That who has published reads what they have published. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

  /** Of one that follows whichever, while others publish. */
  private static final int MOST_ATTEMPTS = 5;

  private final Map<String, Object> clients;
  private final Optional<RuleWriter> writer;
  private final ActiveRules active;
  private final TopicRights rights;
  private final RuleProposals proposals;
  private final Clock clock;

  /** {@code clients}: settings of Kafka's clients; none where there is no broker. */
  RulePublishing(
      Optional<Map<String, Object>> clients,
      ActiveRules active,
      TopicRights rights,
      RuleProposals proposals,
      Clock clock) {
    this.clients = clients.orElse(Map.of());
    this.writer = clients.map(given -> new RuleWriter(given, active.topics()));
    this.active = active;
    this.rights = rights;
    this.proposals = proposals;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Result {
    /**
     * They are in force.
     *
     * @param isNew false where they have been before
     */
    record Done(RuleSet set, boolean isNew, List<Issue> warnings) implements Result {}

    /** They have mistakes. */
    record Wrong(List<Issue> issues) implements Result {}

    /** Someone else has published meanwhile; empty where there are no rules. */
    record Overtaken(Optional<RuleSet> newest) implements Result {}

    /** They are changed elsewhere. */
    record Elsewhere(RuleSet newest) implements Result {}

    /** They are not in force: critical assertions need a second person (ADR 63). */
    record Waiting(RuleProposal proposal) implements Result {}

    /** There is no broker to publish them on. */
    record NoBroker() implements Result {}
  }

  /** What is wrong, or odd, were these published. */
  List<Issue> check(String project, RuleContent content, SignedIn person) {
    return compiled(project, content, person).issues();
  }

  /** What the broker said when something could not be published, or checked. */
  String told(KafkaException failure) {
    return Broker.told(clients, failure);
  }

  /** The rules as they would be, or what is wrong with them. */
  Compilation compiled(String project, RuleContent content, SignedIn person) {
    return new RuleCompiler(rights.of(project, person))
        .compile(content.files(), content.parameters());
  }

  /** Without a word to whoever approves it. */
  Result publish(
      String project,
      RuleContent content,
      SignedIn person,
      OptionalLong expected,
      boolean takesHome) {
    return publish(project, content, person, expected, takesHome, "");
  }

  /**
   * Puts them in force, or keeps them for a second person.
   *
   * @param expected the generation that they follow, 0 for none; empty for whichever
   * @param takesHome whether rules that are changed in files are changed in the web from now on
   * @param note for whoever approves it, where that is needed; may be empty
   * @throws KafkaException if the broker does not answer as needed
   */
  Result publish(
      String project,
      RuleContent content,
      SignedIn person,
      OptionalLong expected,
      boolean takesHome,
      String note) {
    Compilation compilation = compiled(project, content, person);
    if (compilation.rules().isEmpty()) {
      return new Result.Wrong(compilation.issues());
    }
    if (writer.isEmpty()) {
      return new Result.NoBroker();
    }
    if (!proposals.hasAnother(project, person.name())) {
      return written(project, content, compilation, person.name(), expected, takesHome);
    }
    for (int attempt = 1; ; attempt++) {
      // What is critical is said of these rules, and no others may come between.
      long base = expected.orElse(newest(project));
      List<String> critical = critical(project, base, compilation.rules().get());
      Result result =
          critical.isEmpty()
              ? written(
                  project, content, compilation, person.name(), OptionalLong.of(base), takesHome)
              : kept(
                  new RuleProposals.Wish(
                      project, base, content, takesHome, person.name(), note, critical));
      if (expected.isPresent()
          || attempt == MOST_ATTEMPTS
          || !(result instanceof Result.Overtaken(var newest))) {
        return result;
      }
      newest.ifPresent(set -> awaitKnown(project, set.generation()));
    }
  }

  /** Puts in force what a second person stands for; {@code person} is that one. */
  Result publishProposed(RuleProposal one, SignedIn person) {
    Compilation compilation = compiled(one.project(), one.content(), person);
    if (compilation.rules().isEmpty()) {
      return new Result.Wrong(compilation.issues());
    }
    if (writer.isEmpty()) {
      return new Result.NoBroker();
    }
    return written(
        one.project(),
        one.content(),
        compilation,
        one.author(),
        OptionalLong.of(one.base()),
        one.takesHome());
  }

  /**
   * Also one that this program cannot compile; nothing is missing that stood there at the start.
   */
  private long newest(String project) {
    try {
      if (!active.awaitKnown(SEEN_WITHIN)) {
        throw notRead();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return Math.max(
        active.generation(project).map(RuleGeneration::number).orElse(0L),
        active.refusal(project).map(one -> one.set().generation()).orElse(0L));
  }

  /** Whether it is critical cannot be said then. */
  private KafkaException notRead() {
    return active.trouble().orElse(null) instanceof KafkaException known
        ? known
        : new KafkaException("the rules in force are not read yet: publish again in a moment");
  }

  private List<String> critical(String project, long base, CheckedRules rules) {
    if (base > newest(project)) {
      awaitKnown(project, base);
    }
    Optional<RuleGeneration> before =
        base == 0
            ? Optional.empty()
            : active.generation(project, base).or(() -> active.generation(project));
    return CriticalChanges.of(before.map(RuleGeneration::rules), rules);
  }

  /** Only what could be published is kept. */
  private Result kept(RuleProposals.Wish wish) {
    Optional<RuleSet> newest =
        active
            .refusal(wish.project())
            .map(RuleGenerations.Refusal::set)
            .or(() -> active.generation(wish.project()).map(RuleGeneration::set));
    if (newest.filter(set -> set.origin().home().isFiles()).isPresent() && !wish.takesHome()) {
      return new Result.Elsewhere(newest.get());
    }
    return newest.map(RuleSet::generation).orElse(0L) == wish.base()
        ? new Result.Waiting(proposals.add(wish))
        : new Result.Overtaken(newest);
  }

  private Result written(
      String project,
      RuleContent content,
      Compilation compilation,
      String author,
      OptionalLong expected,
      boolean takesHome) {
    var request =
        new RuleWriter.Request(
            project,
            content,
            new RuleOrigin(RuleHome.WEB, "", "", author, clock.instant()),
            compilation.rules().orElseThrow().documentHash(),
            expected,
            takesHome);
    return switch (writer.orElseThrow().publish(request)) {
      case RuleWriter.Outcome.Published(var set) -> seen(set, true, compilation);
      case RuleWriter.Outcome.Unchanged(var set) -> seen(set, false, compilation);
      case RuleWriter.Outcome.Overtaken(var newest) -> new Result.Overtaken(newest);
      case RuleWriter.Outcome.Elsewhere(var newest) -> new Result.Elsewhere(newest);
    };
  }

  /** Waits a moment until a generation is known here. */
  void awaitKnown(String project, long generation) {
    try {
      active.await(project, generation, SEEN_WITHIN);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Result seen(RuleSet set, boolean isNew, Compilation compilation) {
    awaitKnown(set.project(), set.generation());
    return new Result.Done(set, isNew, compilation.issues());
  }
}
