package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A state says what a comparison of the same rows says, however they came. */
class PairStateTest {
  private static final Settings HOW = Settings.usual().withThreads(1);

  static LongStream seeds() {
    return LongStream.range(0, 6);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderAndShardsDoNotMatter(long seed) {
    var random = new Random(seed);
    int d = 2 + random.nextInt(6);
    List<PairRow> rows = rows(700, d, seed);
    StabilityReport whole = whole(rows);
    Collections.shuffle(rows, random);
    PairShape shape = PairShape.of(d, d);
    for (List<PairState> shards :
        List.of(
            List.of(PairState.fast(shape), PairState.fast(shape), PairState.fast(shape)),
            List.of(
                PairState.precise(shape), PairState.precise(shape), PairState.precise(shape)))) {
      rows.forEach(row -> shards.get(random.nextInt(3)).add(row));
      PairState all = shards.get(2).merged(shards.get(1)).merged(shards.get(0));
      same(all.measure(HOW), whole);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasTakenBackOrReplacedLeavesNothing(long seed) {
    var random = new Random(seed);
    List<PairRow> rows = rows(600, 4, seed);
    PairState state = PairState.fast(PairShape.of(4, 4));
    rows.forEach(state::add);
    for (int i = 0; i < 200; i++) {
      state.remove(rows.remove(random.nextInt(rows.size())));
    }
    List<PairRow> others = rows(300, 4, seed + 100);
    for (int i = 0; i < 300; i++) {
      int at = random.nextInt(rows.size());
      PairRow with = PairRow.of("new " + i, others.get(i).x(), others.get(i).y());
      state.replace(rows.set(at, with), with);
    }
    assertThat(state.rows()).isEqualTo(400);
    assertThat(state.needsRebuild()).isFalse();
    same(state.measure(HOW), whole(rows));
  }

  @Test
  void aPreciseStateWantsToBeRebuiltWhenARowGoes() {
    List<PairRow> rows = rows(100, 3, 7);
    PairState state = PairState.precise(PairShape.of(3, 3));
    rows.forEach(state::add);
    assertThat(state.needsRebuild()).isFalse();
    state.remove(rows.remove(0));
    assertThat(state.needsRebuild()).isTrue();
    assertThatThrownBy(() -> state.measure(HOW))
        .hasMessage("rows were taken back from a precise state; rebuild it first");
    PairState rebuilt = state.rebuilt(fresh -> rows.forEach(fresh::add));
    same(rebuilt.measure(HOW), whole(rows));
  }

  /** The window of 2,000 items slides by 100,000; one of them is a million times as long. */
  @Test
  void anOutlierThatEntersAndLeavesLeavesNothing() {
    int window = 2000;
    var random = new Random(11);
    Deque<PairRow> held = new ArrayDeque<>();
    PairState state = PairState.fast(PairShape.of(6, 6).withSample(0));
    for (int i = 0; i < window; i++) {
      held.add(row(i, 6, random, 1));
      state.add(held.getLast());
    }
    int rebuilt = 0;
    double worst = 0;
    for (int i = window; i < window + 100_000; i++) {
      PairRow next = row(i, 6, random, i == 50_000 ? 1e6 : 1);
      state.replace(held.removeFirst(), next);
      held.add(next);
      if (i % 5000 == 0) {
        if (state.needsRebuild()) {
          state = state.rebuilt(fresh -> held.forEach(fresh::add));
          rebuilt++;
        }
        PairMeasures now = state.measure(HOW, fresh -> held.forEach(fresh::add));
        double exact = terms(held).eis();
        worst = Math.max(worst, Math.abs(now.terms().eis() - exact));
      }
    }
    assertThat(state.rows()).isEqualTo(window);
    assertThat(rebuilt).as("only what the outlier left behind").isEqualTo(1);
    assertThat(worst).isLessThan(1e-9);
    assertThat(state.measure(HOW).precise()).isTrue();
  }

  @Test
  void withoutARebuildTheWearIsSaid() {
    List<PairRow> rows = rows(500, 4, 12);
    PairState state = PairState.fast(PairShape.of(4, 4));
    rows.forEach(state::add);
    PairRow outlier = row(9999, 4, new Random(1), 1e6);
    state.add(outlier);
    assertThat(state.rows()).isEqualTo(501);
    state.remove(outlier);
    assertThat(state.needsRebuild()).isTrue();
    PairMeasures worn = state.measure(HOW);
    assertThat(worn.precise()).isFalse();
    assertThat(Math.abs(worn.terms().eis() - whole(rows).terms().eis()))
        .isLessThan(worn.terms().error());
  }

  @Test
  void anchorsAreKeptWithThePair() {
    var random = new Random(3);
    List<PairRow> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double[] x = normal(3, random);
      rows.add(PairRow.of("i" + i, x, moved(x, 0.2, random), normal(5, random), normal(2, random)));
    }
    PairState fast = PairState.fast(PairShape.of(3, 3).withAnchors(5, 2));
    PairState precise = PairState.precise(PairShape.of(3, 3).withAnchors(5, 2));
    rows.forEach(fast::add);
    rows.forEach(precise::add);
    assertThat(fast.measure(HOW).terms().eis())
        .isCloseTo(precise.measure(HOW).terms().eis(), within(1e-12));
    assertThatThrownBy(() -> fast.add(PairRow.of("x", new double[3], new double[3])))
        .hasMessage("item 'x' needs 4 vectors, got 2");
  }

  @Test
  void theSampleIsTheSameInAnyOrder() {
    List<PairRow> rows = rows(900, 3, 4);
    PairShape shape = PairShape.of(3, 3).withSample(100);
    PairState one = PairState.fast(shape);
    rows.forEach(one::add);
    Collections.reverse(rows);
    PairState left = PairState.fast(shape);
    PairState right = PairState.fast(shape);
    rows.subList(0, 500).forEach(left::add);
    rows.subList(500, 900).forEach(right::add);
    PairMeasures both = left.merged(right).measure(HOW);
    assertThat(both.sampled()).isEqualTo(100);
    assertThat(both.neighbours()).isEqualTo(one.measure(HOW).neighbours());
    List<PairRow> gone = rows.subList(0, 600);
    gone.forEach(one::remove);
    assertThat(one.needsRebuild()).as("a third of the sample is left").isTrue();
  }

  @Test
  void leavingShardsOutShowsTheNoise() {
    List<PairState> shards = new ArrayList<>();
    List<PairRow> rows = rows(4000, 5, 5);
    for (int s = 0; s < 10; s++) {
      shards.add(PairState.fast(PairShape.of(5, 5).withSample(0)));
    }
    for (int i = 0; i < rows.size(); i++) {
      shards.get(i % 10).add(rows.get(i));
    }
    Jackknife eis = Jackknife.of(shards, HOW, measures -> measures.terms().eis());
    assertThat(eis.value()).isCloseTo(terms(rows).eis(), within(1e-12));
    assertThat(eis.low()).isLessThan(eis.value());
    // Other draws of as many rows lie within a few deviations, and not all in a tenth of one.
    double far = 0;
    for (int draw = 0; draw < 8; draw++) {
      double other = terms(rows(4000, 5, 100 + draw)).eis();
      far = Math.max(far, Math.abs(other - eis.value()));
    }
    assertThat(far / eis.deviation()).isBetween(0.1, 6.0);
    assertThatThrownBy(() -> Jackknife.of(shards.subList(0, 1), HOW, m -> 0))
        .hasMessage("a jackknife needs 2 shards, got 1");
  }

  @Test
  void severalFiguresAtOnceAreWhatEachIsAlone() {
    List<PairState> shards = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      PairState shard = PairState.fast(PairShape.of(4, 4));
      rows(300, 4, i).forEach(shard::add);
      shards.add(shard);
    }
    List<Jackknife> both =
        Jackknife.of(
            shards,
            state -> {
              Terms terms = state.measure(HOW).terms();
              return new double[] {terms.eis(), terms.pip()};
            });
    assertThat(both)
        .containsExactly(
            Jackknife.of(shards, HOW, measures -> measures.terms().eis()),
            Jackknife.of(shards, HOW, measures -> measures.terms().pip()));
    assertThat(shards.get(0).neighbours(HOW)).isEqualTo(shards.get(0).measure(HOW).neighbours());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itGoesOnFromItsBytes(long seed) {
    List<PairRow> rows = rows(900, 4, seed);
    PairShape shape = PairShape.of(4, 4).withSample(50);
    for (PairState before : List.of(PairState.fast(shape), PairState.precise(shape))) {
      PairState through = before.rebuilt(fresh -> {});
      rows.subList(0, 500).forEach(before::add);
      rows.subList(0, 500).forEach(through::add);
      PairState after = PairState.read(before.bytes());
      assertThat(after.bytes()).isEqualTo(before.bytes());
      assertThat(after.shape()).isEqualTo(shape);
      through.bytes(); // what waits in blocks goes in at the same place
      rows.subList(500, 900).forEach(after::add);
      rows.subList(500, 900).forEach(through::add);
      assertThat(after.measure(HOW)).isEqualTo(through.measure(HOW));
    }
  }

  @Test
  void bytesThatAreNoStateAreRefused() {
    PairState state = PairState.fast(PairShape.of(2, 2));
    rows(40, 2, 1).forEach(state::add);
    byte[] bytes = state.bytes();
    byte[] later = bytes.clone();
    later[0] = 9;
    assertThatThrownBy(() -> PairState.read(later))
        .hasMessageContaining("version 1 is needed, got 9");
    assertThatThrownBy(() -> PairState.read(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessageContaining("they end too early");
    assertThatThrownBy(() -> PairState.read(Arrays.copyOf(bytes, bytes.length + 2)))
        .hasMessageContaining("2 bytes are left over");
  }

  @Test
  void floatsTakeFourBytes() {
    PairShape shape = PairShape.of(64, 64);
    PairState doubles = PairState.fast(shape);
    PairState floats = PairState.fast(shape);
    for (PairRow row : rows(1000, 64, 2)) {
      doubles.add(row);
      floats.add(PairRow.of(row.item(), rounded(row.x()), rounded(row.y())));
    }
    assertThat(doubles.bytes().length - floats.bytes().length).isEqualTo(1000 * 2 * 64 * 4);
  }

  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(value -> (float) value).toArray();
  }

  @Test
  void theRotationSaysWhichItemsMoved() {
    List<PairRow> rows = rows(300, 5, 9);
    PairState state = PairState.fast(PairShape.of(5, 5));
    rows.forEach(state::add);
    Rotation rotation = Rotation.read(state.rotation().bytes());
    double[] displacements = rotation.displacements(x(rows), y(rows));
    for (Displacement.Moved moved : whole(rows).displacement().most(20)) {
      assertThat(displacements[moved.row()]).isCloseTo(moved.displacement(), within(1e-12));
    }
    assertThatThrownBy(() -> rotation.displacements(x(rows), y(rows.subList(0, 9))))
        .hasMessageContaining("got 300 of 5 and 9 of 5");
  }

  @Test
  void statesOfOtherShapesAreNotMerged() {
    PairState fast = PairState.fast(PairShape.of(2, 2));
    assertThatThrownBy(() -> fast.merged(PairState.precise(PairShape.of(2, 2))))
        .hasMessage("states of one kind and shape are needed to be merged");
    assertThatThrownBy(() -> fast.measure(HOW)).hasMessage("a comparison needs a row, got none");
    assertThatThrownBy(() -> PairRow.of("a", new double[] {Double.NaN}, new double[] {1}))
        .hasMessage("item 'a' needs finite numbers, got NaN");
  }

  private static void same(PairMeasures measures, StabilityReport whole) {
    assertThat(measures.terms().eis()).isCloseTo(whole.terms().eis(), within(1e-12));
    assertThat(measures.terms().overlap()).isCloseTo(whole.terms().overlap(), within(1e-12));
    assertThat(measures.terms().pip())
        .isCloseTo(whole.terms().pip(), within(1e-9 * whole.terms().pip()));
    assertThat(measures.displacement().orElseThrow())
        .isCloseTo(whole.displacement().mean(), within(1e-12));
    assertThat(measures.neighbours().orElseThrow())
        .isCloseTo(whole.neighbours().orElseThrow(), within(1e-12));
  }

  private static StabilityReport whole(Collection<PairRow> rows) {
    return Stability.compare(x(rows), y(rows), Anchors.pair(), HOW);
  }

  private static Terms terms(Collection<PairRow> rows) {
    return Stability.terms(x(rows), y(rows), Anchors.pair(), HOW);
  }

  private static Embedding x(Collection<PairRow> rows) {
    return Embedding.of(rows.stream().map(PairRow::x).toArray(double[][]::new));
  }

  private static Embedding y(Collection<PairRow> rows) {
    return Embedding.of(rows.stream().map(PairRow::y).toArray(double[][]::new));
  }

  private static List<PairRow> rows(int count, int d, long seed) {
    var random = new Random(seed);
    List<PairRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i, d, random, 1));
    }
    return rows;
  }

  private static PairRow row(int i, int d, Random random, double length) {
    double[] x = normal(d, random);
    double[] y = moved(x, 0.4, random);
    for (int j = 0; j < d; j++) {
      x[j] *= length;
      y[j] *= length;
    }
    return PairRow.of("item " + i, x, y);
  }

  private static double[] normal(int d, Random random) {
    return random.doubles(d).map(u -> random.nextGaussian()).toArray();
  }

  private static double[] moved(double[] x, double noise, Random random) {
    double[] y = x.clone();
    for (int j = 0; j < y.length; j++) {
      y[j] += noise * random.nextGaussian();
    }
    return y;
  }
}
