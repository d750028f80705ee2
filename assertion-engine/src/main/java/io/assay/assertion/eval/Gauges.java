package io.assay.assertion.eval;

import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.DoubleTerm;
import io.assay.assertion.eval.term.LongTerm;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import io.assay.assertion.statistics.Confusion;
import io.assay.assertion.statistics.DistinctCount;
import io.assay.assertion.statistics.ExpectedTruth;
import io.assay.assertion.statistics.Moments;
import io.assay.assertion.statistics.Share;
import io.assay.assertion.statistics.TestResult;
import io.assay.assertion.statistics.WholeNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Compiles the statistics of the catalogue, by the stable names of their overloads. */
final class Gauges {
  private final TermCompiler terms;
  private final Statistic statistic;
  private final ValueGauges values;
  private final TruthGauges truth;

  private Gauges(TermCompiler terms, Statistic statistic) {
    this.terms = terms;
    this.statistic = statistic;
    this.values = new ValueGauges(terms, statistic);
    this.truth = new TruthGauges(terms, statistic);
  }

  static Gauge<?> of(TermCompiler terms, Statistic statistic) {
    return new Gauges(terms, statistic).compiled();
  }

  private Gauge<?> compiled() {
    return switch (statistic.overload().split("_over_")[0]) {
      case "count" -> truths(share -> Optional.of(share.held()));
      case "share" -> truths(share -> Gauge.boxed(share.share()));
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
      case "median" -> values.quantile(0.5);
      case "quantile" -> values.quantile((Double) statistic.parameters().getFirst().value());
      case "psi" -> values.psi();
      case "js" -> values.jensenShannon();
      case "chi_squared" -> values.chiSquared(TestResult::statistic);
      case "chi_squared_p" -> values.chiSquared(TestResult::pValue);
      case "ks" -> values.smirnov(TestResult::statistic);
      case "ks_p" -> values.smirnov(TestResult::pValue);
      case "precision" -> truth.confusion(Confusion::precision);
      case "recall" -> truth.confusion(Confusion::recall);
      case "accuracy" -> truth.accuracy();
      case "auc" -> truth.auc();
      case "calibration_error" -> truth.calibration();
      case "estimated_precision" -> truth.expected(ExpectedTruth::precision);
      case "estimated_recall" -> truth.expected(ExpectedTruth::recall);
      case "estimated_accuracy" -> truth.expected(ExpectedTruth::accuracy);
      case "estimated_auc" -> truth.expectedArea();
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
    return Gauge.ofShare(
        statistic,
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
    return Gauge.ofShare(
        statistic,
        (share, frame) -> {
          if (Gauge.present(value, frame) == null) {
            share.addMissing();
          } else {
            share.add(true);
          }
        },
        share -> Gauge.boxed(share.missingRate()));
  }

  private Gauge<DistinctCount> distinct() {
    ReferenceTerm value = terms.value(first());
    return new Gauge<>(
        statistic,
        DistinctCount.class,
        DistinctCount::new,
        DistinctCount::read,
        (count, frame) -> {
          Object one = Gauge.present(value, frame);
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
        (own, none) -> Gauge.boxed(reading.apply(own)));
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
}
