package io.assay.stream.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What one task makes of predictions and truths that meet in it. */
class TruthCountsTest {
  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "truth.assay",
                      """
                      language 1
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
                      """)))
          .rules()
          .orElseThrow();

  private static final String OWN =
      TruthLanes.note(RULES.assertion("right").orElseThrow().judgementHash());

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("truths").get();
  private final StateKeys keys = new StateKeys(TopologyRun.PROJECT);
  private final Figures figures = new Figures("loans");
  private final Gathered gathered = new Gathered(Map.of());
  private final List<PartialRecord> partials = new ArrayList<>();
  private TruthCounts counts = begin();

  private TruthCounts begin() {
    AwaitedStream stream = AwaitedStream.of(RULES, "loans", TopologyRun.PROJECT).orElseThrow();
    return new TruthCounts(
        stream,
        new TruthStore(store, keys, stream.join(), figures),
        new Journal(store, keys, "truths"),
        new TruthCounts.Place(1, 4),
        figures);
  }

  private void take(AwaitingRecord record) {
    counts.take(AwaitingRecord.read(record.bytes()), gathered, partials::add);
  }

  private static AwaitingRecord.Came came(
      String id, boolean truth, String note, long millis, String payload) {
    return new AwaitingRecord.Came(
        TopologyRun.PROJECT,
        "loans",
        id,
        truth,
        note,
        new Coordinates(truth ? "outcomes" : "loans", 0, 0),
        millis * 1_000_000L,
        payload.getBytes(UTF_8));
  }

  private void loan(String id, String note) {
    String payload = "{\"loan\":\"%s\",\"applicant\":\"a\",\"at\":1000,\"risk\":0.9}".formatted(id);
    take(came(id, false, note, 1_000, payload));
  }

  private void outcome(String id) {
    take(
        came(
            id, true, "", 2_000, "{\"loan\":\"%s\",\"at\":2000,\"defaulted\":true}".formatted(id)));
  }

  private void read(String topic, long millis, long newest) {
    var mark = new AwaitingRecord.Mark(0, millis * 1_000_000L, newest);
    take(new AwaitingRecord.Read(TopologyRun.PROJECT, "loans", topic, 0, 1, 1, List.of(mark)));
  }

  /** Lane 0 is that of the judge; those of the four tasks that join follow. */
  private List<PartialRecord.Piece> handedOn() {
    counts.handOn(partials::add);
    List<PartialRecord.Piece> pieces =
        partials.stream().flatMap(partial -> partial.pieces().stream()).toList();
    assertThat(pieces).allSatisfy(piece -> assertThat(piece.lane()).isEqualTo(2));
    assertThat(partials).allSatisfy(partial -> assertThat(partial.lanes()).isEqualTo(5));
    partials.clear();
    return pieces;
  }

  @Test
  void whatWasCountedIsHandedOnOnceAndBehindItHowFarItIsRead() {
    loan("a", OWN);
    outcome("a");
    read("outcomes", 10_000, Long.MIN_VALUE);
    read("", 5_000, 1_000_000_000L);
    assertThat(handedOn())
        .extracting(PartialRecord.Piece::received)
        .containsExactly(Long.MIN_VALUE, 5_000_000_000L);
    assertThat(handedOn()).isEmpty();
  }

  @Test
  void aSourceIsReadNoFurtherThanTheTruthsAre() {
    read("", 5_000, 1_000_000_000L);
    read("", 6_000, 1_000_000_000L);
    assertThat(handedOn()).isEmpty();
    read("outcomes", 5_500, Long.MIN_VALUE);
    assertThat(handedOn())
        .extracting(PartialRecord.Piece::received)
        .containsExactly(5_000_000_000L);
  }

  /** Its windows have the truths of some events and nothing else of them. */
  @Test
  void anAssertionIsNotToldTheTruthOfEventsThatItHasNotCounted() {
    loan("a", "of-another-rule- ");
    outcome("a");
    read("", 5_000, 1_000_000_000L);
    assertThat(handedOn()).isEmpty();
    assertThat(gathered.truths()).extracting(Gathered.Turned::fate).contains(TruthFate.USED);
  }

  @Test
  void whatWaitsAndCannotBeReadBeginsAnewVisibly() {
    loan("a", OWN);
    store.put(keys.ofId("a"), new byte[] {99});
    outcome("a");
    assertThat(figures.restarted()).isEqualTo(1);
    loan("a", OWN);
    read("", 5_000, 1_000_000_000L);
    assertThat(handedOn()).hasSize(1);
  }

  @Test
  void whatIsOverLeavesNothingBehind() {
    loan("a", OWN);
    outcome("nobody");
    read("outcomes", 20_000_000, Long.MIN_VALUE);
    read("", 10_000_000, 10_000_000_000_000L);
    handedOn();
    counts = begin();
    assertThat(gathered.truths()).extracting(Gathered.Turned::fate).contains(TruthFate.UNKNOWN);
    assertThat(store.get(keys.ofId("a"))).isNull();
    assertThat(store.get(keys.ofId("nobody"))).isNull();
    try (var ends = store.range(keys.ofEnd(0, ""), keys.ofEnd(Long.MAX_VALUE, ""))) {
      assertThat(ends.hasNext()).isFalse();
    }
    assertThat(figures.restarted()).isZero();
  }
}
