package io.assay.assertion.eval;

import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.DoubleTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import io.assay.assertion.statistics.Calibration;
import io.assay.assertion.statistics.Confusion;
import io.assay.assertion.statistics.ExpectedTruth;
import io.assay.assertion.statistics.RankedScores;
import io.assay.assertion.statistics.Share;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Compiles the statistics that hold predictions against truth, or against the truth expected. */
final class TruthGauges {
  private final TermCompiler terms;
  private final Statistic statistic;

  TruthGauges(TermCompiler terms, Statistic statistic) {
    this.terms = terms;
    this.statistic = statistic;
  }

  Gauge<Share> accuracy() {
    ReferenceTerm predicted = terms.value(first());
    ReferenceTerm truth = terms.value(second());
    return Gauge.ofShare(
        statistic,
        (share, frame) -> {
          Object said = Gauge.present(predicted, frame);
          Object was = Gauge.present(truth, frame);
          if (said == null || was == null) {
            share.addMissing();
          } else {
            share.add(said.equals(was));
          }
        },
        share -> Gauge.boxed(share.share()));
  }

  Gauge<Confusion> confusion(Function<Confusion, OptionalDouble> reading) {
    BoolTerm predicted = terms.bool(first());
    BoolTerm truth = terms.bool(second());
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
        (own, none) -> Gauge.boxed(reading.apply(own)));
  }

  Gauge<RankedScores> auc() {
    DoubleTerm score = terms.number(first());
    BoolTerm truth = terms.bool(second());
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
        (own, none) -> Gauge.boxed(own.auc()));
  }

  /** Of a prediction and its score. */
  Gauge<ExpectedTruth> expected(Function<ExpectedTruth, OptionalDouble> reading) {
    BoolTerm predicted = terms.bool(first());
    DoubleTerm score = terms.number(second());
    return expected((all, frame) -> all.add(predicted.test(frame), score.value(frame)), reading);
  }

  Gauge<ExpectedTruth> expectedArea() {
    DoubleTerm score = terms.number(second());
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
        (own, none) -> Gauge.boxed(reading.apply(own)));
  }

  Gauge<Calibration> calibration() {
    DoubleTerm probability = terms.number(first());
    BoolTerm truth = terms.bool(second());
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
        (own, none) -> Gauge.boxed(own.error()));
  }

  private Term first() {
    return statistic.terms().getFirst();
  }

  private Term second() {
    return statistic.terms().get(1);
  }
}
