package io.assay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.RuleFolder;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.RuleWriter.Outcome;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose rules the demo judges by. */
class DemoRulesTest {
  private static final String RULES =
      "language 1\nstream camera from topic \"c\" { key v string time at timestamp(millis) %s }";

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("demo-rules"));
  private final RuleWriter writer =
      new RuleWriter(Map.of("bootstrap.servers", broker.bootstrapServers()), topics);

  @TempDir private Path folder;

  @Test
  void rulesThatWerePublishedOverHttpOutliveARestart() throws Exception {
    broker.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList());
    Path file = Files.writeString(folder.resolve("demo.assay"), RULES.formatted("seen int"));
    try (RuleFolder rules = start(file, false)) {
      await(() -> publish("other int", false) instanceof Outcome.Elsewhere);
      assertThat(rules.problem()).isEmpty();
    }
    assertThat(publish("other int", true)).isInstanceOf(Outcome.Published.class);
    try (RuleFolder again = start(file, false)) {
      await(() -> again.problem().contains("the home of the rules is the web since generation 2"));
      assertThat(again.problem()).contains("--take-rules-home");
    }
    // The writer knows its own words again: nothing has come behind them.
    assertThat(publish("other int", false))
        .isInstanceOfSatisfying(
            Outcome.Published.class, own -> assertThat(own.set().generation()).isEqualTo(2));

    try (RuleFolder taking = start(file, true)) {
      await(() -> publish("other int", false) instanceof Outcome.Elsewhere);
      assertThat(taking.problem()).isEmpty();
    }
  }

  private RuleFolder start(Path file, boolean takesHome) {
    var demo =
        new DemoSettings(folder, false, 0, List.of(file), takesHome, Duration.ZERO, 0, false);
    return RuleFolder.watch(
        demo.ruleSource().orElseThrow(),
        ProcessorSettings.of(broker.bootstrapServers(), folder.resolve("state"))
            .in("default", topics));
  }

  /** As the web does it; where there are none yet, nothing. */
  private Outcome publish(String fields, boolean takesHome) {
    var content =
        new RuleContent(List.of(new SourceFile("demo.assay", RULES.formatted(fields))), Map.of());
    return writer.publish(
        new RuleWriter.Request(
            "default",
            content,
            new RuleOrigin(RuleHome.WEB, "", "", "an author", Instant.EPOCH),
            "",
            OptionalLong.of(takesHome ? 1 : 9),
            takesHome));
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(50);
    }
  }
}
