package io.assay.web.ingest;

import static io.assay.web.ingest.EventsEndpointTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.rules.ActiveRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of rules that are published while events come. */
class ActiveStreamsTest {
  private static final String LINES = "application/x-ndjson";

  @TempDir private Path folder;

  @Test
  void streamsFollowThePublishedRules() throws InterruptedException {
    var topics = new Topics(TestBroker.shared().name("published"));
    var settings = new HashMap<String, Object>();
    settings.put("assay.sink.bootstrap-servers", TestBroker.shared().bootstrapServers());
    settings.put("assay.sink.prefix", topics.prefix());
    TestBroker.shared()
        .createTopics(topics.plans(1).stream().map(plan -> plan.newTopic()).toList());
    try (IngestRun run = IngestRun.start(folder, settings)) {
      var program = run.program();
      String pulse = "{\"person\":\"p\",\"at\":1}";
      assertProblem(program.post(IngestRun.path("pulses"), LINES, pulse), 404, "unknown stream");
      publish(topics, run.topic("speed"));
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (program.post(IngestRun.path("pulses"), LINES, pulse).statusCode() != 202
          && System.nanoTime() < until) {
        Thread.sleep(100);
      }
      assertThat(run.records("speed")).hasSize(1);
      // The project's rules are the published ones alone now.
      assertProblem(
          program.post(IngestRun.path("loans"), LINES, "{}"), 404, "declare the streams pulses");
    }
  }

  /** Published past the web; a token of one project would forge what all projects show. */
  @Test
  void nothingIsSentToAssaysOwnTopics() throws InterruptedException {
    var topics = new Topics(TestBroker.shared().name("forged"));
    var settings = new HashMap<String, Object>();
    settings.put("assay.sink.bootstrap-servers", TestBroker.shared().bootstrapServers());
    settings.put("assay.sink.prefix", topics.prefix());
    TestBroker.shared()
        .createTopics(topics.plans(1).stream().map(plan -> plan.newTopic()).toList());
    publish(topics, topics.violations());
    try (IngestRun run = IngestRun.start(folder, settings)) {
      ActiveRules active = run.web.running().context().getBean(ActiveRules.class);
      assertThat(active.awaitKnown(Duration.ofSeconds(20))).isTrue();
      assertThat(active.refusal("default").orElseThrow().message())
          .contains("pulses.assay:2:26: error[A0213]", topics.violations());
      String pulse = "{\"person\":\"p\",\"at\":1}";
      assertProblem(
          run.program().post(IngestRun.path("pulses"), LINES, pulse), 404, "unknown stream");
      assertThat(IngestRun.recordsOf(topics.violations())).isEmpty();
    }
  }

  private static void publish(Topics topics, String topic) {
    String text =
        """
        language 1
        stream pulses from topic "%s" {
          key    person  string
          time   at      timestamp(millis)
        }
        """
            .formatted(topic);
    var content =
        new RuleContent(List.of(new SourceFile("pulses.assay", text, Optional.empty())), Map.of());
    var writer =
        new RuleWriter(Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()), topics);
    var origin = new RuleOrigin(RuleHome.WEB, "", "", "tests", Instant.EPOCH);
    var request =
        new RuleWriter.Request(
            "default", content, origin, content.hash(), OptionalLong.empty(), false);
    assertThat(writer.publish(request)).isInstanceOf(RuleWriter.Outcome.Published.class);
  }
}
