package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.None;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.statistics.Calibration;
import io.assay.assertion.statistics.DistinctCount;
import io.assay.assertion.statistics.Mergeable;
import io.assay.assertion.statistics.Moments;
import io.assay.assertion.statistics.RankedScores;
import io.assay.assertion.statistics.Share;
import io.assay.assertion.statistics.ValueCounts;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One statistic of a window, compiled: what a unit adds to its state, and what the state comes to.
 *
 * @param adding takes what the frame's unit has of it
 * @param reading a Long or Double; empty where the units say nothing
 */
record Gauge<S extends Mergeable<S>>(
    Windowing.Statistic statistic,
    Class<S> type,
    Supplier<S> fresh,
    Function<byte[], S> read,
    BiConsumer<S, Frame> adding,
    Reading<S> reading) {
  /** A key and its count, in a table that is a quarter full at least. */
  private static final long CELL = 64;

  /** What a state comes to, held against that of the baseline where the statistic has one. */
  @FunctionalInterface
  interface Reading<S> {
    Optional<? extends Object> value(S own, @Nullable S baseline);
  }

  /** Of how many units something holds. */
  static Gauge<Share> ofShare(
      Windowing.Statistic statistic,
      BiConsumer<Share, Frame> adding,
      Function<Share, Optional<? extends Object>> reading) {
    return new Gauge<>(
        statistic, Share.class, Share::new, Share::read, adding, (own, none) -> reading.apply(own));
  }

  /** What a unit has; null where there is nothing, or nothing that is as declared. */
  static @Nullable Object present(ReferenceTerm term, Frame frame) {
    try {
      Object value = term.value(frame);
      return value == None.NULL || value == Term.Null.NULL ? null : value;
    } catch (NoValue e) {
      return null;
    }
  }

  /** A reading that may be of nothing. */
  static Optional<Double> boxed(OptionalDouble value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value.getAsDouble());
  }

  void add(Mergeable<?> to, Frame frame) {
    adding.accept(type.cast(to), frame);
  }

  void merge(Mergeable<?> into, Mergeable<?> from) {
    type.cast(into).merge(type.cast(from));
  }

  Optional<? extends Object> value(Mergeable<?> own, @Nullable Mergeable<?> baseline) {
    return reading.value(type.cast(own), baseline == null ? null : type.cast(baseline));
  }

  /** What the state of so many units needs at most, in memory; never less for more units. */
  long bytes(long units) {
    if (type == ValueCounts.class) {
      return 200 + CELL * Math.min(units, ValueCounts.USUAL_LIMIT);
    }
    if (type == RankedScores.class) {
      return 400 + CELL * Math.min(units, 2L * RankedScores.LIMIT);
    }
    if (type == DistinctCount.class) {
      return 200 + CELL * Math.min(units, DistinctCount.EXACT);
    }
    return type == Calibration.class ? 4_000 : type == Moments.class ? 600 : 100;
  }

  /** Whether it is how often chance alone would give as much: corrected over the segments. */
  boolean isChance() {
    return statistic.overload().contains("_p_over_");
  }
}
