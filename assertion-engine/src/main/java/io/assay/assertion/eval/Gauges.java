package io.assay.assertion.eval;

import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.DoubleTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.LongTerm;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import io.assay.assertion.statistics.Calibration;
import io.assay.assertion.statistics.ChiSquared;
import io.assay.assertion.statistics.Compared;
import io.assay.assertion.statistics.Confusion;
import io.assay.assertion.statistics.DistinctCount;
import io.assay.assertion.statistics.Divergence;
import io.assay.assertion.statistics.ExpectedTruth;
import io.assay.assertion.statistics.KolmogorovSmirnov;
import io.assay.assertion.statistics.Moments;
import io.assay.assertion.statistics.RankedScores;
import io.assay.assertion.statistics.Share;
import io.assay.assertion.statistics.TestResult;
import io.assay.assertion.statistics.ValueCounts;
import io.assay.assertion.statistics.WholeNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles the statistics of the catalogue, by the stable names of their overloads. */
final class Gauges {
  /** Bins that a baseline freezes, as equally filled as it allows: the usual ten. */
  static final int BINS = 10;

  private final TermCompiler terms;
  private final Statistic statistic;

  private Gauges(TermCompiler terms, Statistic statistic) {
    this.terms = terms;
    this.statistic = statistic;
  }

  static Gauge<?> of(TermCompiler terms, Statistic statistic) {
    return new Gauges(terms, statistic).compiled();
  }

  private Gauge<?> compiled() {
    return switch (statistic.overload().split("_over_")[0]) {
      case "count" -> truths(share -> Optional.of(share.held()));
      case "share" -> truths(share -> boxed(share.share()));
      case "missing" -> missing();
      case "distinct" -> distinct();
      case "mean" -> moments(Moments::mean);
      case "deviation" -> moments(Moments::deviation);
      case "sum" ->
          isWhole()
              ? whole(WholeNumbers::sum)
              : moments(m -> m.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(m.sum()));
      case "min" -> isWhole() ? whole(WholeNumbers::min) : moments(Moments::min);
      case "max" -> isWhole() ? whole(WholeNumbers::max) : moments(Moments::max);
      case "median" -> quantile(0.5);
      case "quantile" -> quantile((Double) statistic.parameters().getFirst().value());
      case "psi" ->
          against(compared -> boxed(Divergence.psi(compared.baseline(), compared.current())));
      case "js" -> against(Gauges::jensenShannon);
      case "chi_squared" -> against(c -> chiSquared(c).map(TestResult::statistic));
      case "chi_squared_p" -> against(c -> chiSquared(c).map(TestResult::pValue));
      case "ks" -> inOrder(c -> smirnov(c).map(TestResult::statistic));
      case "ks_p" -> inOrder(c -> smirnov(c).map(TestResult::pValue));
      case "precision" -> confusion(Confusion::precision);
      case "recall" -> confusion(Confusion::recall);
      case "accuracy" -> accuracy();
      case "auc" -> auc();
      case "calibration_error" -> calibration();
      case "estimated_precision" -> expected(ExpectedTruth::precision);
      case "estimated_recall" -> expected(ExpectedTruth::recall);
      case "estimated_accuracy" -> expected(ExpectedTruth::accuracy);
      case "estimated_auc" -> expectedArea();
      default ->
          throw new IllegalStateException("no evaluator of statistic " + statistic.overload());
    };
  }

  private boolean isWhole() {
    return !first().type().isFloating();
  }

  private Term first() {
    return statistic.terms().getFirst();
  }

  private Gauge<Share> truths(Function<Share, Optional<? extends Object>> reading) {
    BoolTerm held = terms.bool(first());
    return shares(
        (share, frame) -> {
          try {
            share.add(held.test(frame));
          } catch (NoValue e) {
            share.addMissing();
          }
        },
        reading);
  }

  /** In how many there is nothing, or nothing that is as declared. */
  private Gauge<Share> missing() {
    ReferenceTerm value = terms.value(first());
    return shares(
        (share, frame) -> {
          if (present(value, frame) == null) {
            share.addMissing();
          } else {
            share.add(true);
          }
        },
        share -> boxed(share.missingRate()));
  }

  private static @Nullable Object present(ReferenceTerm term, Frame frame) {
    try {
      Object value = term.value(frame);
      return value == None.NULL || value == Term.Null.NULL ? null : value;
    } catch (NoValue e) {
      return null;
    }
  }

  private Gauge<Share> accuracy() {
    ReferenceTerm predicted = terms.value(first());
    ReferenceTerm truth = terms.value(statistic.terms().get(1));
    return shares(
        (share, frame) -> {
          Object said = present(predicted, frame);
          Object was = present(truth, frame);
          if (said == null || was == null) {
            share.addMissing();
          } else {
            share.add(said.equals(was));
          }
        },
        share -> boxed(share.share()));
  }

  private Gauge<Share> shares(
      BiConsumer<Share, Frame> adding, Function<Share, Optional<? extends Object>> reading) {
    return new Gauge<>(
        statistic, Share.class, Share::new, Share::read, adding, (own, none) -> reading.apply(own));
  }

  private Gauge<DistinctCount> distinct() {
    ReferenceTerm value = terms.value(first());
    return new Gauge<>(
        statistic,
        DistinctCount.class,
        DistinctCount::new,
        DistinctCount::read,
        (count, frame) -> {
          Object one = present(value, frame);
          if (one != null) {
            add(count, one);
          }
        },
        (own, none) -> Optional.of(Math.round(own.count())));
  }

  private static void add(DistinctCount count, Object value) {
    switch (value) {
      case Long whole -> count.add((long) whole);
      case Double number -> count.add((double) number);
      case String text -> count.add(text);
      default -> {
        StateWriter bytes = new StateWriter();
        ValueCodec.write(value, bytes);
        count.add(new String(bytes.toBytes(), StandardCharsets.ISO_8859_1));
      }
    }
  }

  private Gauge<Moments> moments(Function<Moments, OptionalDouble> reading) {
    DoubleTerm value = terms.number(first());
    return new Gauge<>(
        statistic,
        Moments.class,
        Moments::new,
        Moments::read,
        (moments, frame) -> {
          try {
            moments.add(value.value(frame));
          } catch (NoValue e) {
            moments.addMissing();
          }
        },
        (own, none) -> boxed(reading.apply(own)));
  }

  private Gauge<WholeNumbers> whole(Function<WholeNumbers, OptionalLong> reading) {
    LongTerm value = terms.whole(first());
    return new Gauge<>(
        statistic,
        WholeNumbers.class,
        WholeNumbers::new,
        WholeNumbers::read,
        (numbers, frame) -> {
          try {
            numbers.add(value.value(frame));
          } catch (NoValue e) {
            // of those that have a value
          }
        },
        (own, none) -> {
          OptionalLong read = own.count() == 0 ? OptionalLong.empty() : reading.apply(own);
          return read.isEmpty() ? Optional.empty() : Optional.of(read.getAsLong());
        });
  }

  private Gauge<ValueCounts> quantile(double share) {
    return values((own, none) -> boxed(own.quantile(share)));
  }

  /**
   * Over bins that the baseline fills alike, or over categories: texts and truths have no order.
   */
  private Gauge<ValueCounts> against(Function<Compared, Optional<? extends Object>> reading) {
    boolean number = isNumber();
    return values(
        (own, baseline) ->
            baseline == null
                ? Optional.empty()
                : (number
                        ? Compared.overQuantiles(baseline, own, BINS)
                        : Compared.overCategories(baseline, own))
                    .flatMap(reading));
  }

  /** Over all numbers in their order. */
  private Gauge<ValueCounts> inOrder(Function<Compared, Optional<? extends Object>> reading) {
    return values(
        (own, baseline) ->
            baseline == null
                ? Optional.empty()
                : Compared.overCells(baseline, own).flatMap(reading));
  }

  private boolean isNumber() {
    return first().type().isFloating()
        || first().type() == Basic.INT
        || first().type() == Basic.DURATION;
  }

  private Gauge<ValueCounts> values(Gauge.Reading<ValueCounts> reading) {
    BiConsumer<ValueCounts, Frame> adding;
    if (isNumber()) {
      DoubleTerm value = terms.number(first());
      adding =
          (counts, frame) -> {
            try {
              counts.add(value.value(frame));
            } catch (NoValue e) {
              counts.addMissing();
            }
          };
    } else {
      ReferenceTerm value = terms.value(first());
      adding =
          (counts, frame) -> {
            Object category = present(value, frame);
            if (category == null) {
              counts.addMissing();
            } else {
              counts.add(category.toString());
            }
          };
    }
    return new Gauge<>(
        statistic,
        ValueCounts.class,
        () -> new ValueCounts(ValueCounts.USUAL_LIMIT),
        ValueCounts::read,
        adding,
        reading);
  }

  private static Optional<Double> jensenShannon(Compared compared) {
    OptionalDouble divergence = Divergence.jensenShannon(compared.baseline(), compared.current());
    return divergence.isEmpty()
        ? Optional.empty()
        : Optional.of(Math.sqrt(divergence.getAsDouble()));
  }

  private static Optional<TestResult> chiSquared(Compared compared) {
    return ChiSquared.test(compared.baseline(), compared.current());
  }

  private static Optional<TestResult> smirnov(Compared compared) {
    return KolmogorovSmirnov.test(compared.baseline(), compared.current());
  }

  private Gauge<Confusion> confusion(Function<Confusion, OptionalDouble> reading) {
    BoolTerm predicted = terms.bool(first());
    BoolTerm truth = terms.bool(statistic.terms().get(1));
    return new Gauge<>(
        statistic,
        Confusion.class,
        Confusion::new,
        Confusion::read,
        (confusion, frame) -> {
          try {
            confusion.add(predicted.test(frame), truth.test(frame));
          } catch (NoValue e) {
            // of those that have both
          }
        },
        (own, none) -> boxed(reading.apply(own)));
  }

  private Gauge<RankedScores> auc() {
    DoubleTerm score = terms.number(first());
    BoolTerm truth = terms.bool(statistic.terms().get(1));
    return new Gauge<>(
        statistic,
        RankedScores.class,
        RankedScores::new,
        RankedScores::read,
        (scores, frame) -> {
          try {
            scores.add(score.value(frame), truth.test(frame));
          } catch (NoValue e) {
            scores.addMissing();
          }
        },
        (own, none) -> boxed(own.auc()));
  }

  /** Of a prediction and its score. */
  private Gauge<ExpectedTruth> expected(Function<ExpectedTruth, OptionalDouble> reading) {
    BoolTerm predicted = terms.bool(first());
    DoubleTerm score = terms.number(statistic.terms().get(1));
    return expected((all, frame) -> all.add(predicted.test(frame), score.value(frame)), reading);
  }

  private Gauge<ExpectedTruth> expectedArea() {
    DoubleTerm score = terms.number(statistic.terms().get(1));
    return expected((all, frame) -> all.add(score.value(frame)), ExpectedTruth::auc);
  }

  private Gauge<ExpectedTruth> expected(
      BiConsumer<ExpectedTruth, Frame> adding, Function<ExpectedTruth, OptionalDouble> reading) {
    return new Gauge<>(
        statistic,
        ExpectedTruth.class,
        ExpectedTruth::new,
        ExpectedTruth::read,
        (all, frame) -> {
          try {
            adding.accept(all, frame);
          } catch (NoValue e) {
            // of those that have a score
          }
        },
        (own, none) -> boxed(reading.apply(own)));
  }

  private Gauge<Calibration> calibration() {
    DoubleTerm probability = terms.number(first());
    BoolTerm truth = terms.bool(statistic.terms().get(1));
    return new Gauge<>(
        statistic,
        Calibration.class,
        Calibration::new,
        Calibration::read,
        (calibration, frame) -> {
          try {
            calibration.add(probability.value(frame), truth.test(frame));
          } catch (NoValue e) {
            calibration.addMissing();
          }
        },
        (own, none) -> boxed(own.error()));
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value.getAsDouble());
  }
}
