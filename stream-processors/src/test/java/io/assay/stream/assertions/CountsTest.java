package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Tally;
import io.assay.stream.contract.CountRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountsTest {
  private static final CountSheet.Name FLICKER = new CountSheet.Name("camera", "flicker", "");
  private static final CountSheet.Name SCORE = new CountSheet.Name("camera", "sane", "score");

  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("counts"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final List<String> told = new ArrayList<>();
  private final Gathered gathered = new Gathered(Map.of());

  @BeforeEach
  void openStore() {
    var context = new MockProcessorContext<byte[], byte[]>();
    store.init(context.getStateStoreContext(), store);
  }

  /** Always of the same event, as it were: so places are used again by other names. */
  private void add(Counts to, long minute, CountSheet.Name name, Tally tally, long by) {
    gathered.clear(name.stream());
    gathered.count(name.assertion(), name.expectation(), tally, minute, by);
    to.add(gathered);
  }

  @Test
  void figuresGrowAndSequencesRise() {
    Counts counts = counts();
    add(counts, 7, FLICKER, Tally.SEEN, 1);
    add(counts, 7, FLICKER, Tally.HELD, 3);
    counts.store();
    assertThat(sent(counts)).containsExactly(record(FLICKER, 7, 1, 1, 3));

    add(counts, 7, FLICKER, Tally.SEEN, 1);
    counts.store();
    assertThat(sent(counts)).containsExactly(record(FLICKER, 7, 2, 2, 3));
  }

  @Test
  void onlyWhatChangedIsSent() {
    Counts counts = counts();
    add(counts, 7, FLICKER, Tally.SEEN, 1);
    add(counts, 7, SCORE, Tally.SEEN, 1);
    counts.store();
    assertThat(sent(counts)).hasSize(2);
    assertThat(sent(counts)).isEmpty();

    add(counts, 7, SCORE, Tally.SEEN, 1);
    counts.store();
    assertThat(sent(counts)).containsExactly(record(SCORE, 7, 2, 2, 0));
  }

  @Test
  void whatWasStoredAndNotSentIsSentByTheNextOwner() {
    Counts before = counts();
    add(before, 7, FLICKER, Tally.SEEN, 5);
    before.store();
    sent(before);
    add(before, 7, FLICKER, Tally.SEEN, 1);
    add(before, 8, FLICKER, Tally.SEEN, 1);
    before.store();

    assertThat(sent(counts()))
        .containsExactly(record(FLICKER, 7, 2, 6, 0), record(FLICKER, 8, 1, 1, 0));
    assertThat(sent(counts())).isEmpty();
  }

  @Test
  void minutesLongPastAreNotForgotten() {
    Counts counts = counts();
    for (int minute = 0; minute < 500; minute++) {
      add(counts, minute, FLICKER, Tally.SEEN, 1);
      counts.store();
    }
    assertThat(sent(counts)).hasSize(500);
    add(counts, 3, FLICKER, Tally.SEEN, 1);
    counts.store();
    assertThat(sent(counts)).containsExactly(record(FLICKER, 3, 2, 2, 0));
  }

  @Test
  void largeFiguresAreKept() {
    Counts counts = counts();
    add(counts, 7, FLICKER, Tally.SEEN, Long.MAX_VALUE);
    counts.store();
    assertThat(sent(counts()).getFirst().seen()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anotherVersionIsNotGuessedAt() {
    assertThatThrownBy(() -> CountSheet.read(new byte[] {9, 0}, "camera"))
        .hasMessageContaining("version 9")
        .hasMessageContaining("reads 3");
  }

  @Test
  void whatWasStoredOfOneStreamIsItsOwn() {
    var sheet = new CountSheet();
    sheet.cell(FLICKER).add(Tally.SEEN, 3);
    byte[] now = sheet.bytes();
    // without the stream's name, as it was written before streams were joined
    byte[] before = new byte[now.length - 8];
    before[0] = 1;
    before[1] = 1;
    System.arraycopy(now, 10, before, 2, now.length - 10);

    CountSheet read = CountSheet.read(before, "lidar");
    assertThat(read.cells())
        .hasEntrySatisfying(
            new CountSheet.Name("lidar", "flicker", ""),
            cell -> assertThat(cell.of(Tally.SEEN)).isEqualTo(3));
  }

  @Test
  void whatIsCountedBySliceIsStoredWithItAndWithoutSlicesAllIsAsBefore() {
    var sheet = new CountSheet();
    sheet.cell(FLICKER).add(Tally.JUDGED, 3);
    assertThat(sheet.bytes()).startsWith(2);
    assertThat(CountSheet.read(sheet.bytes(), "camera").cell(FLICKER).inSlices()).isEmpty();

    sheet
        .cell(SCORE)
        .slices(List.of("rain", "night"))
        .forEach(counts -> counts.add(SliceValue.TRUE, SliceCounts.place(Tally.JUDGED), 300));
    sheet
        .cell(FLICKER)
        .slices(List.of("night"))
        .getFirst()
        .add(SliceValue.UNDECIDED, SliceCounts.place(Tally.UNDECIDED), 1);
    CountSheet read = CountSheet.read(sheet.bytes(), "camera");
    assertThat(read.cell(SCORE).inSlices())
        .containsExactly(
            new CountRecord.InSlice("night", SliceValue.TRUE, 300, 0, 0),
            new CountRecord.InSlice("rain", SliceValue.TRUE, 300, 0, 0));
    assertThat(read.cell(FLICKER).inSlices())
        .containsExactly(new CountRecord.InSlice("night", SliceValue.UNDECIDED, 0, 0, 1));
    assertThat(read.cell(FLICKER).of(Tally.JUDGED)).isEqualTo(3);
    assertThat(read.bytes()).isEqualTo(sheet.bytes());
  }

  @Test
  void tellsWhatWasCountedSinceItWasReadAndNotWhatOthersHad() {
    Counts before = counts();
    add(before, 7, FLICKER, Tally.SEEN, 5);
    before.store();
    sent(before);
    assertThat(told).containsExactly("camera flicker SEEN 5");

    told.clear();
    Counts counts = counts();
    add(counts, 7, FLICKER, Tally.SEEN, 1);
    add(counts, 7, FLICKER, Tally.HELD, 3);
    counts.store();
    sent(counts);
    sent(counts);
    assertThat(told).containsExactly("camera flicker SEEN 1", "camera flicker HELD 3");
  }

  @Test
  void whatIsForgottenBeforeItIsSentIsToldOnce() {
    Counts counts = counts();
    for (int minute = 0; minute < 500; minute++) {
      add(counts, minute, FLICKER, Tally.SEEN, 1);
      counts.store();
    }
    sent(counts);
    assertThat(told).hasSize(500).containsOnly("camera flicker SEEN 1");
  }

  private void told(CountSheet.Name name, Tally tally, long by) {
    told.add("%s %s %s %d".formatted(name.stream(), name.assertion(), tally, by));
  }

  private Counts counts() {
    return new Counts(store, new StateKeys("p"), "camera", this::told);
  }

  private static List<CountRecord> sent(Counts counts) {
    var sent = new ArrayList<CountRecord>();
    counts.send("p", 2, sent::add);
    return sent;
  }

  private static CountRecord record(
      CountSheet.Name name, long minute, long sequence, long seen, long held) {
    return new CountRecord(
        "p",
        "camera",
        name.assertion(),
        name.expectation(),
        minute,
        2,
        sequence,
        seen,
        0,
        0,
        held,
        0,
        0,
        0);
  }
}
