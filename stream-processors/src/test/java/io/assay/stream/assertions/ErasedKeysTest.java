package io.assay.stream.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.ErasureDone;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.KeyDigest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that someone asked to forget: nothing of them stays, and all of the others. */
class ErasedKeysTest {
  private static final String GONE = "subject-gone";
  private static final String STREAM =
      "stream s from topic \"s\" { key k string  time at timestamp(millis)  label string }\n";

  @TempDir private Path folder;

  private static CheckedRules rules(String clauses) {
    return RulesByHand.compiled(STREAM + "assertion a on s { mode active " + clauses + " }");
  }

  private static String event(String key, long after, String label) {
    return "{\"k\":\"%s\",\"at\":%d,\"label\":\"%s\"}"
        .formatted(key, Camera.START_MILLIS + after, label);
  }

  private static ErasureRequest request(String stream, long afterMillis) {
    return new ErasureRequest(
        TopologyRun.PROJECT,
        stream,
        KeyDigest.of(GONE, new SecureRandom()),
        Camera.START_MILLIS + afterMillis);
  }

  private static List<ErasureDone> told(TopologyRun run) {
    return run.read(TopologyRun.TOPICS.erasures()).stream()
        .map(record -> ErasureDone.read(record.value()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "true, consistent label within 5min",
    "false, consistent label within 5min",
    "true, silence at most 10min",
    "false, silence at most 10min",
    "true, window tumbling 10min expect count > 0",
    "false, silence at most 10min over stream",
  })
  void leaveNothingInTheStoreNorInItsChangelog(boolean keyed, String clauses) {
    CheckedRules rules = rules(clauses);
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, keyed, folder)) {
      for (int i = 0; i < 40; i++) {
        run.send(stream, i, event(i % 4 == 0 ? GONE : "other-" + i % 4, i, "day"));
      }
      run.counts();
      run.send(stream, 100, event(GONE, 100, "day"));
      assertThat(run.storedWith(GONE)).isNotEmpty();
      assertThat(run.remembers("other-1")).isTrue();

      run.erase(request("s", 5_000));
      run.pass(Duration.ofMinutes(1));
      run.pass(Duration.ofMinutes(1));
      run.pass(Duration.ofMinutes(1));

      assertThat(run.storedWith(GONE)).isEmpty();
      assertThat(run.remembers(GONE)).isFalse();
      assertThat(run.remembers("other-1")).isTrue();
      List<ErasureDone> told = told(run);
      assertThat(told)
          .isNotEmpty()
          .allSatisfy(one -> assertThat(one.application()).isEqualTo("test"));
      assertThat(told.stream().mapToLong(ErasureDone::gone).sum()).isPositive();
      var stored = new StateKeys(TopologyRun.PROJECT).ofKey(GONE).get();
      List<TestRecord<byte[], byte[]>> logged =
          run.read("test-" + AssertionTopology.STATE + "-changelog").stream()
              .filter(record -> Arrays.equals(record.key(), stored))
              .toList();
      assertThat(logged).isNotEmpty();
      assertThat(logged.getLast().value()).isNull();

      run.send(stream, 200_000, event(GONE, 200_000, "night"));
      run.pass(Duration.ofMinutes(1));
      assertThat(run.remembers(GONE)).isTrue();
      assertThat(run.violations()).isEmpty();
      assertThat(told(run)).isEmpty();
    }
  }

  @Test
  void thatTheyAreSilentIsToldNoMore() {
    CheckedRules rules = rules("silence at most 10s");
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, false, folder)) {
      run.send(stream, 0, event(GONE, 0, "day"));
      run.send(stream, 0, event("other", 0, "day"));
      run.idle(20);
      assertThat(run.violations()).hasSize(2);
      run.erase(request("s", 1_000));
      run.idle(2);
      List<TestRecord<byte[], byte[]>> told = run.read(TopologyRun.TOPICS.silent());
      assertThat(told).hasSize(5);
      assertThat(told.getLast().key()).asString().isEqualTo("street/s/a/" + GONE);
      assertThat(told.getLast().value()).isNull();
    }
  }

  @Test
  void areForgottenOnlyOnceAllThatCameBeforeHasBeenRead() {
    CheckedRules rules = rules("consistent label within 5min");
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, false, folder)) {
      run.erase(request("s", 3_600_000));
      run.send(stream, 0, event(GONE, 0, "day"));
      run.pass(Duration.ofMinutes(1));
      run.send(stream, 1_000, event(GONE, 1_000, "day"));
      run.pass(Duration.ofMinutes(1));
      assertThat(run.remembers(GONE)).isTrue();
      assertThat(told(run)).isEmpty();
      run.pass(Duration.ofHours(1));
      run.pass(Duration.ofMinutes(1));
      assertThat(run.remembers(GONE)).isFalse();
      assertThat(told(run)).isNotEmpty();
    }
  }

  @Test
  void thoseOfAnotherStreamAreNotMeant() {
    CheckedRules rules = rules("consistent label within 5min");
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, true, folder)) {
      run.send(stream, 0, event(GONE, 0, "day"));
      run.erase(request("another", 0));
      run.pass(Duration.ofMinutes(1));
      assertThat(run.remembers(GONE)).isTrue();
      assertThat(told(run)).singleElement().returns(0L, ErasureDone::gone);
    }
  }

  /** What is done is done once: an event that came later is another life. */
  @Test
  void areForgottenOnceWhateverIsLost() {
    CheckedRules rules = rules("consistent label within 5min");
    StreamType stream = rules.streams().getFirst();
    try (JudgeRun run = new JudgeRun(rules)) {
      IntStream.range(0, 50)
          .forEach(
              i ->
                  run.judge(
                      stream,
                      event(i % 2 == 0 ? GONE : "other", i, "day"),
                      Camera.START_MILLIS + i));
      run.pass(stream, Camera.START_MILLIS + 10_000);
      run.erase(request("s", 5_000));
      run.tick();
      assertThat(run.erased()).singleElement().returns(true, one -> one.gone() > 0);
      int others = run.remembered();
      assertThat(others).isEqualTo(1);

      run.judge(stream, event(GONE, 20_000, "night"), Camera.START_MILLIS + 20_000);
      run.crash();
      run.pass(stream, Camera.START_MILLIS + 30_000);
      run.tick();
      assertThat(run.erased()).hasSize(1);
      run.judge(stream, event(GONE, 31_000, "dusk"), Camera.START_MILLIS + 31_000);
      assertThat(run.violations())
          .singleElement()
          .asString()
          .contains("night", "dusk")
          .doesNotContain("\"day\"");
      run.judge(stream, event("other", 32_000, "night"), Camera.START_MILLIS + 32_000);
      assertThat(run.violations()).hasSize(2);

      // Where the request itself is forgotten, so is that it was done.
      run.forgetErasures();
      run.tick();
      assertThat(run.stored('x')).isEmpty();
    }
  }

  @Test
  void predictionsThatWaitForTheirTruthGo() {
    CheckedRules rules =
        RulesByHand.compiled(
            """
            stream loans from topic "loans" {
              id    loan      string
              key   applicant string
              time  at        timestamp(millis)
              risk  ratio
              truth defaulted bool from topic "outcomes" within 1h
            }
            assertion right on loans {
              window tumbling 1min
              expect accuracy(risk > 0.5, defaulted) > 0.6
              mode shadow
            }
            """);
    StreamType stream = rules.streams().getFirst();
    String note = TruthLanes.note(rules.assertion("right").orElseThrow().judgementHash());
    try (TruthRun run = new TruthRun(rules, stream, folder)) {
      run.send(
          List.of(
              loan("one", GONE, note), loan("two", "someone", note), loan("three", GONE, note)));
      assertThat(run.storedWith(GONE)).isEqualTo(2);
      run.erase(request("loans", 1_000));
      run.pass(Duration.ofSeconds(1));
      assertThat(run.storedWith(GONE)).isEqualTo(2);

      run.send(List.of(awaiting(read(5_000))));
      run.pass(Duration.ofSeconds(1));
      assertThat(run.storedWith(GONE)).isZero();
      assertThat(run.storedWith("three")).isZero();
      assertThat(run.storedWith("someone")).isEqualTo(1);
      assertThat(run.read(TopologyRun.TOPICS.erasures()))
          .singleElement()
          .satisfies(
              told -> assertThat(ErasureDone.read(told.value())).returns(2L, ErasureDone::gone));
    }
  }

  private static TestRecord<byte[], byte[]> loan(String id, String key, String note) {
    String payload =
        "{\"loan\":\"%s\",\"applicant\":\"%s\",\"at\":%d,\"risk\":0.9}"
            .formatted(id, key, Camera.START_MILLIS);
    return awaiting(
        new AwaitingRecord.Came(
            TopologyRun.PROJECT,
            "loans",
            id,
            false,
            note,
            new Coordinates("loans", 0, 0),
            Camera.START_MILLIS * 1_000_000L,
            payload.getBytes(UTF_8)));
  }

  private static AwaitingRecord read(long afterMillis) {
    var mark =
        new AwaitingRecord.Mark(
            0, (Camera.START_MILLIS + afterMillis) * 1_000_000L, Long.MIN_VALUE);
    return new AwaitingRecord.Read(TopologyRun.PROJECT, "loans", "", 0, 1, 1, List.of(mark));
  }

  private static TestRecord<byte[], byte[]> awaiting(AwaitingRecord record) {
    return new TestRecord<>(new byte[0], record.bytes());
  }
}
