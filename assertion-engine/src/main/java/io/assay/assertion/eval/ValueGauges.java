package io.assay.assertion.eval;

import io.assay.assertion.eval.term.DoubleTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import io.assay.assertion.statistics.ChiSquared;
import io.assay.assertion.statistics.Compared;
import io.assay.assertion.statistics.Divergence;
import io.assay.assertion.statistics.KolmogorovSmirnov;
import io.assay.assertion.statistics.TestResult;
import io.assay.assertion.statistics.ValueCounts;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Compiles the statistics of all values in a window, alone or held against a baseline's. */
final class ValueGauges {
  /** Bins that a baseline freezes, as equally filled as it allows: the usual ten. */
  private static final int BINS = 10;

  private final TermCompiler terms;
  private final Statistic statistic;

  ValueGauges(TermCompiler terms, Statistic statistic) {
    this.terms = terms;
    this.statistic = statistic;
  }

  Gauge<ValueCounts> quantile(double share) {
    return values((own, none) -> Gauge.boxed(own.quantile(share)));
  }

  Gauge<ValueCounts> psi() {
    return against(c -> Gauge.boxed(Divergence.psi(c.baseline(), c.current())));
  }

  /** The distance: the root of the divergence. */
  Gauge<ValueCounts> jensenShannon() {
    return against(
        c -> Gauge.boxed(Divergence.jensenShannon(c.baseline(), c.current())).map(Math::sqrt));
  }

  Gauge<ValueCounts> chiSquared(Function<TestResult, Double> reading) {
    return against(c -> ChiSquared.test(c.baseline(), c.current()).map(reading));
  }

  Gauge<ValueCounts> smirnov(Function<TestResult, Double> reading) {
    return inOrder(c -> KolmogorovSmirnov.test(c.baseline(), c.current()).map(reading));
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
            Object category = Gauge.present(value, frame);
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

  private Term first() {
    return statistic.terms().getFirst();
  }
}
