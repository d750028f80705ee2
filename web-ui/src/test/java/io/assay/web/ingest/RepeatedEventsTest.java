package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.RuleTexts;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.app.StreamStatus;
import io.assay.stream.contract.Topics;
import io.assay.web.system.ProgramClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request to a violation: what is sent twice is judged once. */
class RepeatedEventsTest {
  private static final String SPEED = IngestRun.path("speed");

  @TempDir private Path folder;

  @Test
  void whatIsSentTwiceIsJudgedOnceThoughTheStreamHasNoId() throws InterruptedException {
    try (IngestRun run = IngestRun.start(folder, Map.of())) {
      ProgramClient program = run.program();
      for (int i = 0; i < 3; i++) {
        cloud(program, "1", "a", 1000);
        cloud(program, "2", "a", 1000);
        keyed(program, "batch 1", "b", "c");
        keyed(program, "batch 2", "b", "c");
      }
      // What nothing tells apart is two events, as two lines of a file would be.
      program.post(SPEED, "application/x-ndjson", event("d", 1000).repeat(2));
      program.post(SPEED, "application/x-ndjson", event("d", 1000).repeat(2));
      assertThat(run.records("speed")).hasSize(6 + 12 + 4);

      try (StreamProcessors processors = processors(run)) {
        await(() -> taken(status(processors)) >= 22);
        // What a transaction holds is seen when it ends.
        await(() -> violations(run).size() >= 10);
        StreamStatus status = status(processors);
        assertThat(status.figures().duplicates()).isEqualTo(4 + 8);
        assertThat(status.figures().violations()).isEqualTo(2 + 4 + 4);
        List<Violation> violations = violations(run);
        assertThat(violations.stream().map(Violation::key))
            .containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c", "d", "d", "d", "d");
        assertThat(violations.stream().map(Violation::id).distinct()).hasSize(10);
      }
    }
  }

  private static void cloud(ProgramClient program, String id, String vehicle, int at) {
    var headers =
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", id,
            "ce-source", "/test",
            "ce-type", "speed",
            "Content-Type", "application/json");
    assertThat(program.post(SPEED, headers, event(vehicle, at).getBytes(UTF_8)).statusCode())
        .isEqualTo(202);
  }

  /** One event of each vehicle. */
  private static void keyed(ProgramClient program, String key, String... vehicles) {
    var headers = Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", key);
    var body = new StringBuilder();
    for (String vehicle : vehicles) {
      body.append(event(vehicle, 1000));
    }
    assertThat(program.post(SPEED, headers, body.toString().getBytes(UTF_8)).statusCode())
        .isEqualTo(202);
  }

  private static String event(String vehicle, int at) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"speed\":70.0}\n".formatted(vehicle, at);
  }

  private StreamProcessors processors(IngestRun run) {
    CheckedRules rules =
        new RuleCompiler().compile(RuleTexts.read(run.rules)).rules().orElseThrow();
    return StreamProcessors.start(
        rules,
        ProcessorSettings.of(TestBroker.shared().bootstrapServers(), folder.resolve("state"))
            .in("default", new Topics(run.prefix))
            .keyed(true));
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as("60 s have passed").isNegative();
      Thread.sleep(50);
    }
  }

  private static long taken(StreamStatus status) {
    return status.figures().events() + status.figures().duplicates();
  }

  private static List<Violation> violations(IngestRun run) {
    return IngestRun.recordsOf(new Topics(run.prefix).violations()).stream()
        .map(record -> ViolationJson.read(record.value()))
        .toList();
  }

  private static StreamStatus status(StreamProcessors processors) {
    return processors.status().stream()
        .filter(one -> one.stream().equals("speed"))
        .findFirst()
        .orElseThrow();
  }
}
