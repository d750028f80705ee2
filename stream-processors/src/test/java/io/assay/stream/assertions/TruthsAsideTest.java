package io.assay.stream.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.DeadLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Truths and predictions that cannot be joined, and rules that change how truths are read. */
class TruthsAsideTest {
  private static final String RULES =
      """
      language 1
      stream loans from topic "loans" {
        id    loan      string %s
        key   applicant string
        time  at        timestamp(millis) %s
        risk  ratio
        truth defaulted bool from topic "outcomes" within 1h
        truth amount double from topic "outcomes" within 1h
      }
      assertion right on loans {
        window tumbling 1min
        expect accuracy(risk > 0.5, defaulted) > 0.6
        expect mean(amount) < 5.0
        mode shadow
      }
      """;

  private static final CheckedRules PLAIN = RulesByHand.compiled(RULES.formatted("", ""));

  @TempDir private Path folder;

  @Test
  void afterAChangeOfTheStreamsIdAndTimeTruthsAreReadByTheNewRules() {
    var rules = new RulesByHand(RULES.formatted("", ""));
    var loans = rules.newest().rules().streams().getFirst();
    try (var run = new TruthRun(rules, loans, folder)) {
      run.truth("outcomes", Camera.START_MILLIS, "{\"loan\":\"a\",\"at\":1000,\"defaulted\":true}");
      rules.change(RULES.formatted("from \"ref\"", "from \"when\""));
      run.truth(
          "outcomes", Camera.START_MILLIS, "{\"ref\":\"b\",\"when\":1000,\"defaulted\":true}");
      assertThat(run.read(TopologyRun.TOPICS.deadLetters())).isEmpty();
      assertThat(run.read(TopologyRun.TOPICS.awaiting()))
          .extracting(record -> ((AwaitingRecord.Came) AwaitingRecord.read(record.value())).id())
          .containsExactly("a", "b");

      run.truth("outcomes", Camera.START_MILLIS, "{\"loan\":\"c\",\"at\":1000,\"defaulted\":true}");
      assertThat(causes(run)).containsExactly("no-key");
    }
  }

  /** It was sent on by one who had not heard of the change yet. */
  @Test
  void aTruthThatTheRulesOfNowCannotReadIsPutAsideWhereItMeets() {
    try (var run = new TruthRun(PLAIN, PLAIN.streams().getFirst(), folder)) {
      run.send(List.of(record(came(true, "{\"ref\":\"b\"}"))));
      assertThat(run.read(TopologyRun.TOPICS.deadLetters()))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"ref\":\"b\"}");
                DeadLetter letter = DeadLetter.read(record.headers());
                assertThat(letter.cause()).isEqualTo("no-key");
                assertThat(letter.provenance().source())
                    .isEqualTo(new Coordinates("outcomes", 3, 7));
                assertThat(letter.provenance().receivedMillis()).isEqualTo(2_000);
              });
      assertThat(run.figures.deadLetters()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoRecordIsPutAsideByThoseWhoseItIs() {
    TestRecord<byte[], byte[]> own = record(came(true, "{}"));
    var broken = new TestRecord<>(own.key(), new byte[] {9, 9}, own.headers());
    var others = new TestRecord<>(own.key(), new byte[] {9, 9});
    try (var run = new TruthRun(PLAIN, PLAIN.streams().getFirst(), folder)) {
      run.send(List.of(broken, others));
      assertThat(causes(run)).containsExactly("join-failed");
      assertThat(run.figures.lastFailure()).contains("needs version 1, got 9");
    }
  }

  private static TestRecord<byte[], byte[]> record(AwaitingRecord awaiting) {
    var record = AwaitingSink.record(awaiting, 2_000);
    return new TestRecord<>(record.key(), record.value(), record.headers());
  }

  private static List<String> causes(TruthRun run) {
    return run.read(TopologyRun.TOPICS.deadLetters()).stream()
        .map(record -> DeadLetter.read(record.headers()).cause())
        .toList();
  }

  private static AwaitingRecord.Came came(boolean truth, String payload) {
    return new AwaitingRecord.Came(
        TopologyRun.PROJECT,
        "loans",
        "a",
        truth,
        truth ? "" : TruthLanes.note(PLAIN.assertion("right").orElseThrow().judgementHash()),
        new Coordinates(truth ? "outcomes" : "loans", 3, 7),
        2_000_000_000L,
        payload.getBytes(UTF_8));
  }

  /** Two truths in one record, of which the second fails: the first must not stay alone. */
  @Test
  void whatFailsHalfWayLeavesTheStoreAsItWas() {
    KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("truths").get();
    var told = new ArrayList<String>();
    begin(store)
        .take(
            came(false, "{\"loan\":\"a\",\"applicant\":\"p\",\"at\":1000,\"risk\":0.9}"),
            new Told(told, ""),
            unused -> {});
    AwaitingRecord truths =
        came(true, "{\"loan\":\"a\",\"at\":1000,\"defaulted\":true,\"amount\":7.0}");
    TruthCounts counts = begin(store);
    assertThatThrownBy(() -> counts.take(truths, new Told(told, "amount"), unused -> {}))
        .hasMessage("amount");
    told.clear();
    begin(store).take(truths, new Told(told, ""), unused -> {});
    assertThat(told).containsExactly("defaulted USED", "amount USED");
  }

  private static TruthCounts begin(KeyValueStore<Bytes, byte[]> store) {
    var figures = new Figures("loans");
    var keys = new StateKeys(TopologyRun.PROJECT);
    AwaitedStream stream = AwaitedStream.of(PLAIN, "loans", TopologyRun.PROJECT).orElseThrow();
    return new TruthCounts(
        stream,
        new TruthStore(store, keys, stream.join(), figures),
        new Journal(store, keys, "truths"),
        new TruthCounts.Place(0, 1),
        figures);
  }

  /** Who is told of truths, and fails at one. */
  private record Told(List<String> truths, String failing) implements Verdicts {
    @Override
    public void truth(String name, String id, TruthFate fate) {
      if (name.equals(failing)) {
        throw new IllegalStateException(name);
      }
      truths.add(name + ' ' + fate);
    }

    @Override
    public void violation(Violation violation) {}

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {}

    @Override
    public void late(Event event, LateReason reason) {}

    @Override
    public void duplicate(Event event) {}

    @Override
    public void error(String assertion, String message) {}
  }
}
