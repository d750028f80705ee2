package io.assay.web.rules;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.stream.contract.RuleContent;
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

  private final Map<String, Object> clients;
  private final Optional<RuleWriter> writer;
  private final ActiveRules active;
  private final TopicRights rights;
  private final Clock clock;

  /** {@code clients}: settings of Kafka's clients; none where there is no broker. */
  RulePublishing(
      Optional<Map<String, Object>> clients, ActiveRules active, TopicRights rights, Clock clock) {
    this.clients = clients.orElse(Map.of());
    this.writer = clients.map(given -> new RuleWriter(given, active.topics()));
    this.active = active;
    this.rights = rights;
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

  private Compilation compiled(String project, RuleContent content, SignedIn person) {
    return new RuleCompiler(rights.of(project, person))
        .compile(content.files(), content.parameters());
  }

  /**
   * @param expected the generation that they follow, 0 for none; empty for whichever
   * @param takesHome whether rules that are changed in files are changed in the web from now on
   * @throws KafkaException if the broker does not answer as needed
   */
  Result publish(
      String project,
      RuleContent content,
      SignedIn person,
      OptionalLong expected,
      boolean takesHome) {
    Compilation compilation = compiled(project, content, person);
    if (compilation.rules().isEmpty()) {
      return new Result.Wrong(compilation.issues());
    }
    if (writer.isEmpty()) {
      return new Result.NoBroker();
    }
    var request =
        new RuleWriter.Request(
            project,
            content,
            new RuleOrigin(RuleHome.WEB, "", "", person.name(), clock.instant()),
            compilation.rules().get().documentHash(),
            expected,
            takesHome);
    return switch (writer.get().publish(request)) {
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
