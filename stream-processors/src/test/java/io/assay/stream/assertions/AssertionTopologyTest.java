package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.LateRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionTopologyTest {
  private static final CheckedRules SCHEMA_ONLY =
      new CheckedRules(List.of(Camera.STREAM), List.of(), List.of(), "0");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"vehicle\":\"v1\",          | broken-json",
        "not json                      | broken-json",
        "[1]                           | broken-json",
        "''                            | broken-json",
        "{\"at\":1700000000000}        | no-key",
        "{\"vehicle\":null,\"at\":1}   | no-key",
        "{\"vehicle\":\"v1\"}          | no-time",
        "{\"vehicle\":\"v1\",\"at\":\"soon\"} | no-time"
      })
  void whatCannotBeReadIsPutAsideUntouched(String payload, String cause) {
    for (boolean keyed : new boolean[] {true, false}) {
      try (TopologyRun run = run(keyed, folder.resolve("keyed-" + keyed))) {
        byte[] key = {1, (byte) 0xff};
        byte[] value = payload.getBytes(StandardCharsets.UTF_8);
        run.send(Camera.frame(0));
        run.send(key, value, new RecordHeaders());
        run.send(Camera.frame(1));

        TestRecord<byte[], byte[]> aside = run.deadLetters().getFirst();
        assertThat(aside.key()).isEqualTo(key);
        assertThat(aside.value()).isEqualTo(value);
        DeadLetter letter = DeadLetter.read(aside.headers());
        assertThat(letter.cause()).isEqualTo(cause);
        assertThat(letter.detail()).isNotBlank();
        assertThat(letter.provenance().source()).isEqualTo(new Coordinates(Camera.TOPIC, 0, 1));
        assertThat(letter.provenance().project()).isEqualTo(TopologyRun.PROJECT);
        assertThat(letter.provenance().stream()).isEqualTo("camera");
        assertThat(run.figures.events()).isEqualTo(2);
        assertThat(run.figures.deadLetters()).isEqualTo(1);
      }
    }
  }

  @Test
  void aRecordWithoutAValueIsADeadLetter() {
    try (TopologyRun run = run(false, folder)) {
      run.send(new byte[] {5}, null, new RecordHeaders());
      TestRecord<byte[], byte[]> aside = run.deadLetters().getFirst();
      assertThat(aside.key()).containsExactly(5);
      assertThat(aside.value()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"track\":\"t\",\"label\":\"car\",\"score\":0.9,\"area\":[10,10,-40,30]}",
        "{\"track\":\"t\",\"label\":\"car\",\"score\":1.02,\"area\":[10,10,40,30]}",
        "{\"track\":\"t\",\"label\":\"car\",\"score\":NaN,\"area\":[10,10,40,30]}",
        "{\"track\":\"t\",\"label\":\"tank\",\"score\":0.9,\"area\":[10,10,40,30]}"
      })
  void aWrongValueRaisesSchemaAndIsNoDeadLetter(String box) {
    try (TopologyRun run = run(false, folder)) {
      run.send(Camera.frame(0, Camera.box("a")));
      run.send(Camera.frame(1, Camera.box("a"), box));
      List<Violation> violations = run.violations();
      assertThat(violations).hasSize(1);
      assertThat(violations.getFirst().assertion()).isEqualTo("schema");
      assertThat(violations.getFirst().sentence()).contains("boxes[1]");
      assertThat(run.deadLetters()).isEmpty();
      assertThat(run.figures.events()).isEqualTo(2);
    }
  }

  @Test
  void anEventFromTheFutureIsLateAndChangesNothing() {
    long tenYears = 10 * 365 * 86_400_000L;
    try (TopologyRun run = run(false, folder)) {
      run.send(Camera.frame(0));
      String ahead = Camera.frame("v1", Camera.START_MILLIS + tenYears);
      run.send(ahead);
      run.send(Camera.frame(1));
      run.send(Camera.frame("v2", Camera.START_MILLIS));

      List<TestRecord<byte[], byte[]>> aside = run.late();
      assertThat(aside).hasSize(1);
      assertThat(new String(aside.getFirst().value(), StandardCharsets.UTF_8)).isEqualTo(ahead);
      LateRecord late = LateRecord.read(aside.getFirst().headers());
      assertThat(late.reason()).isEqualTo(LateRecord.FUTURE);
      assertThat(late.eventMillis()).isEqualTo(Camera.START_MILLIS + tenYears);
      assertThat(run.figures.events()).isEqualTo(3);
      assertThat(run.figures.late()).isEqualTo(1);
    }
  }

  @Test
  void anEventBehindItsKeyIsLate() {
    try (TopologyRun run = run(false, folder)) {
      run.send(Camera.frame(5));
      run.send(Camera.frame(3));
      run.send(Camera.frame("v2", Camera.START_MILLIS));
      assertThat(run.late())
          .singleElement()
          .satisfies(
              record ->
                  assertThat(LateRecord.read(record.headers()).reason())
                      .isEqualTo(LateRecord.LATE));
      assertThat(run.figures.events()).isEqualTo(2);
    }
  }

  @Test
  void aViolationCarriesWhereItCameFrom() {
    var headers = new RecordHeaders();
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    HeaderNames.put(headers, HeaderNames.TRACEPARENT, trace);
    try (TopologyRun run = run(false, folder)) {
      run.send(Camera.frame(0));
      String wrong = Camera.frame(1, Camera.box("a").replace("0.9", "1.5"));
      run.send(null, wrong.getBytes(StandardCharsets.UTF_8), headers);
      TestRecord<byte[], byte[]> record = run.read(TopologyRun.TOPICS.violations()).getFirst();
      assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("street/v1");
      assertThat(HeaderNames.text(record.headers(), "project")).isEqualTo("street");
      assertThat(HeaderNames.text(record.headers(), "assertion")).isEqualTo("schema");
      assertThat(HeaderNames.text(record.headers(), "event-time"))
          .isEqualTo(Long.toString(Camera.START_MILLIS + 100));
      assertThat(HeaderNames.text(record.headers(), "source")).isEqualTo("av.camera-0@1");
      assertThat(HeaderNames.text(record.headers(), "traceparent")).isEqualTo(trace);
    }
  }

  @Test
  void countsAreCumulative() {
    try (TopologyRun run = run(false, folder)) {
      run.send(Camera.frame(0));
      run.send(Camera.frame(1));
      assertThat(run.counts().values())
          .singleElement()
          .satisfies(
              count -> {
                assertThat(count.assertion()).isEqualTo("schema");
                assertThat(count.minute()).isEqualTo(Camera.START_MILLIS / 60_000);
                assertThat(count.seen()).isEqualTo(2);
                assertThat(count.violated()).isZero();
                assertThat(count.sequence()).isEqualTo(1);
              });
      run.send(Camera.frame(2));
      assertThat(run.counts().values())
          .singleElement()
          .satisfies(
              count -> {
                assertThat(count.seen()).isEqualTo(3);
                assertThat(count.sequence()).isEqualTo(2);
              });
    }
  }

  private static TopologyRun run(boolean keyed, Path folder) {
    return new TopologyRun(SCHEMA_ONLY, Camera.STREAM, keyed, folder);
  }
}
