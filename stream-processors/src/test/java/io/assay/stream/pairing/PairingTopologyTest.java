package io.assay.stream.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairingTopologyTest {
  @TempDir Path folder;

  @Test
  void bothOrdersMakeAnEventUnderTheStreamsKey() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.request("1", 0);
      run.response("1", 40);
      run.response("2", 100);
      run.request("2", 150);
      List<TestRecord<byte[], byte[]>> events = run.records(PairingRun.EVENTS);
      assertThat(events)
          .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
          .containsExactly(
              "{\"id\":\"1\",\"at\":\"2026-03-01T08:00:00Z\",\"model\":\"iris\",\"row\":0,"
                  + "\"inputs\":{\"plant\":\"p1\",\"x\":[1.5,2]},\"outputs\":{\"class\":2}}",
              "{\"id\":\"2\",\"at\":\"2026-03-01T08:00:00.150Z\",\"model\":\"iris\",\"row\":0,"
                  + "\"inputs\":{\"plant\":\"p2\",\"x\":[1.5,2]},\"outputs\":{\"class\":2}}");
      assertThat(events)
          .extracting(event -> new String(event.key(), StandardCharsets.UTF_8))
          .containsExactly("p1", "p2");
      assertThat(events.getFirst().getRecordTime())
          .isEqualTo(Instant.parse("2026-03-01T08:00:00.040Z"));
      assertThat(HeaderNames.text(events.getLast().headers(), "request"))
          .isEqualTo(PairingRun.IN + "-0@1");
      assertThat(HeaderNames.text(events.getLast().headers(), "response"))
          .isEqualTo(PairingRun.OUT + "-0@1");
      assertThat(run.deadLetters()).isEmpty();
    }
  }

  @Test
  void theLimitIsMeasuredBetweenTheRecords() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.request("1", 0);
      run.response("1", 10_000);
      run.request("2", 0);
      run.response("2", 10_001);
      assertThat(run.events()).containsExactly("p1 1");
      assertThat(run.causes())
          .containsExactly(
              "inputs unpaired: the other half was PT10.001S away, the limit is PT10S",
              "outputs unpaired: the other half was PT10.001S away, the limit is PT10S");
      assertThat(run.figures.unpaired()).isEqualTo(2);
    }
  }

  @Test
  void whatWaitsInVainIsKeptUntouchedWhenNothingComes() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      var headers = new RecordHeaders().add("tenant", "a".getBytes(StandardCharsets.UTF_8));
      byte[] body =
          "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}"
              .getBytes(StandardCharsets.UTF_8);
      run.send(PairingRun.IN, "1", 0, headers, body);
      run.pass(Duration.ofSeconds(9));
      assertThat(run.deadLetters()).isEmpty();
      run.pass(Duration.ofSeconds(3));
      List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
      assertThat(letters).hasSize(1);
      TestRecord<byte[], byte[]> letter = letters.getFirst();
      assertThat(letter.value()).isEqualTo(body);
      assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("1");
      assertThat(HeaderNames.text(letter.headers(), "original.tenant")).isEqualTo("a");
      assertThat(HeaderNames.text(letter.headers(), HeaderNames.CAUSE)).isEqualTo("unpaired");
      assertThat(HeaderNames.text(letter.headers(), HeaderNames.DETAIL))
          .isEqualTo("no response came within PT10S");
    }
  }

  @Test
  void aPartnerIsWaitedForThatAnOpenTransactionHides() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.startsAgainWith(Duration.ofSeconds(30));
      run.request("1", 0);
      run.request("2", 0);
      run.pass(Duration.ofSeconds(38));
      run.response("1", 40);
      assertThat(run.events()).containsExactly("p1 1");
      assertThat(run.deadLetters()).isEmpty();
      run.pass(Duration.ofSeconds(3));
      assertThat(run.causes()).containsExactly("inputs unpaired: no response came within PT10S");
    }
  }

  @Test
  void aPartnerThatComesAfterItPairsNoMore() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.request("1", 0);
      run.pass(Duration.ofSeconds(12));
      run.response("1", 12_000);
      run.response("1", 12_000);
      assertThat(run.events()).isEmpty();
      assertThat(run.causes())
          .containsExactly(
              "inputs unpaired: no response came within PT10S",
              "outputs unpaired: the request of its id had been given up");
      assertThat(run.figures.duplicates()).isEqualTo(1);
      run.pass(Duration.ofSeconds(12));
      assertThat(run.held()).isZero();
    }
  }

  @Test
  void whileOthersComeTheirTimeDecides() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.request("1", 0);
      for (int second = 1; second <= 30; second++) {
        // An old backlog is read: much time passes by the clock, little in the records.
        run.pass(Duration.ofSeconds(1));
        run.request("r" + second, second * 10L);
      }
      assertThat(run.deadLetters()).isEmpty();
      run.response("1", 400);
      assertThat(run.events()).containsExactly("p1 1");
    }
  }

  @Test
  void repeatsAreDroppedAndCounted() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.request("1", 0);
      run.request("1", 5);
      run.response("1", 10);
      run.response("1", 15);
      run.request("1", 20);
      assertThat(run.events()).containsExactly("p1 1");
      assertThat(run.figures.duplicates()).isEqualTo(3);
      run.pass(Duration.ofSeconds(12));
      assertThat(run.held()).isZero();
      assertThat(run.deadLetters()).isEmpty();
    }
  }

  @Test
  void aNewProcessPairsWhatTheOldOneHeld() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.request("1", 0);
      run.request("2", 0);
      run.restart(Duration.ofHours(1));
      // It may have been down for longer than the limit: what has come meanwhile is read first.
      run.pass(Duration.ofSeconds(8));
      assertThat(run.deadLetters()).isEmpty();
      run.response("1", 30);
      assertThat(run.events()).containsExactly("p1 1");
      run.pass(Duration.ofSeconds(5));
      assertThat(run.causes()).containsExactly("inputs unpaired: no response came within PT10S");
    }
  }

  @Test
  void moreThanMayWaitPutsTheOldestAside() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder, 2_000)) {
      for (int i = 0; i < 10; i++) {
        run.request("r" + i, i);
        run.pass(Duration.ofSeconds(1));
      }
      assertThat(run.causes())
          .isNotEmpty()
          .allMatch(
              cause ->
                  cause.equals(
                      "inputs unpaired: more than 2000 bytes waited, and of these it had waited"
                          + " longest"));
      run.response("r9", 20);
      run.response("r0", 20);
      assertThat(run.events()).containsExactly("pr9 r9");
      run.restart(Duration.ofSeconds(20));
      run.request("more", 30);
      run.pass(Duration.ofSeconds(30));
      assertThat(run.held()).isZero();
    }
  }

  @Test
  void whatCannotBeReadIsPutAsideWhereItCame() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.send(PairingRun.IN, "1", 0, new RecordHeaders(), null);
      run.send(PairingRun.OUT, "2", 0, new RecordHeaders(), "{}".getBytes(StandardCharsets.UTF_8));
      run.send(PairingRun.IN, null, 0, new RecordHeaders(), new byte[1_100_000]);
      assertThat(run.causes())
          .containsExactly(
              "inputs broken-payload: needed a JSON object, came nothing",
              "outputs broken-payload: needed inputs, outputs, instances, predictions or data, came"
                  + " members []",
              "inputs too-large: a record may have 1048576 bytes, this one has 1100000");
      assertThat(run.figures.deadLetters()).isEqualTo(3);
    }
  }

  @Test
  void cloudEventsAreWrittenAtOnce() {
    try (var run = new PairingRun("serving cloudevents from topic \"raw\"", folder)) {
      var headers = new RecordHeaders();
      headers.add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
      headers.add(
          HeaderNames.TRACEPARENT,
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
              .getBytes(StandardCharsets.UTF_8));
      run.send(
          "raw",
          null,
          0,
          headers,
          "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"inputs\":1}}"
              .getBytes(StandardCharsets.UTF_8));
      List<TestRecord<byte[], byte[]>> events = run.records(PairingRun.EVENTS);
      assertThat(events).hasSize(1);
      assertThat(HeaderNames.text(events.getFirst().headers(), HeaderNames.TRACEPARENT))
          .startsWith("00-4bf92f");
      assertThat(run.description()).doesNotContain("by-id");
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void inAnyOrderWithAnyRestartEachPairIsOneEvent(long seed) {
    var random = new Random(seed);
    List<String> sends = new ArrayList<>();
    IntStream.range(0, 40)
        .forEach(
            i -> {
              sends.add("q" + i);
              sends.add("a" + i);
              if (random.nextInt(4) == 0) {
                sends.add((random.nextBoolean() ? "q" : "a") + i);
              }
            });
    Collections.shuffle(sends, random);
    var found = new ArrayList<String>();
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      for (String send : sends) {
        String id = send.substring(1);
        if (send.startsWith("q")) {
          run.request(id, random.nextInt(5_000));
        } else {
          run.response(id, random.nextInt(5_000));
        }
        found.addAll(run.events());
        if (random.nextInt(10) == 0) {
          run.restart(Duration.ofMillis(random.nextInt(3_000)));
        }
      }
      assertThat(run.deadLetters()).isEmpty();
    }
    assertThat(found).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(found))
        .isEqualTo(new TreeSet<>(IntStream.range(0, 40).mapToObj(i -> "p" + i + " " + i).toList()));
  }
}
