package io.assay.stream.training;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Contest;
import io.assay.imputation.Fitting;
import io.assay.imputation.Imputer;
import io.assay.imputation.ModeImputer;
import io.assay.imputation.Pass;
import io.assay.imputation.Refitting;
import io.assay.imputation.Reservoir;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the next version of an imputer out of a sample of rows, and says whether it is better. */
final class Learning {
  /** With fewer rows there is little to learn, and less to compare by. */
  static final int LEAST_ROWS = 1000;

  /** What changes from seed to seed on the same rows is below it. */
  private static final double MARGIN = 0.005;

  private Learning() {}

  /** What came of it. */
  sealed interface Outcome {
    /**
     * A version.
     *
     * @param warm whether it went on from the one in force
     * @param promoted whether it takes its place
     * @param why it does, or does not
     */
    record Learned(AimNet imputer, Contest contest, boolean warm, boolean promoted, String why)
        implements Outcome {}

    /** Nothing can be learned, and why; more rows may change that. */
    record Nothing(String why) implements Outcome {}
  }

  /**
   * @param columns what feeds the imputer, as what
   * @param inForce the version in force, if it is of the same fields
   * @param pinned whether that stays, whatever is learned
   * @param goesOn told between passes how far it is; once it says no, learning ends soon
   */
  static Outcome learn(
      Reservoir rows,
      List<Column> columns,
      Optional<AimNet> inForce,
      boolean pinned,
      long seed,
      Predicate<Pass> goesOn) {
    Table learned = rows.learned();
    if (rows.size() < LEAST_ROWS) {
      return new Outcome.Nothing(
          "%d rows are needed to learn of, got %d".formatted(LEAST_ROWS, rows.size()));
    }
    Schema schema = Schema.of(columns, learned);
    if (schema.columns().size() < 2) {
      return new Outcome.Nothing(
          "two columns that say something are needed, got %d; left out: %s"
              .formatted(schema.columns().size(), schema.leftOut()));
    }
    AimNet imputer =
        inForce
            .map(before -> Refitting.refit(before, learned, rows.held(), schema, seed, goesOn))
            .orElseGet(() -> Fitting.fit(learned, schema, Fitting.Form.CHOSEN, seed, goesOn));
    Contest contest =
        Contest.of(
            imputer,
            inForce.map(Imputer.class::cast),
            ModeImputer.fit(learned, imputer.schema()),
            rows.held(),
            seed);
    Contest.Outcome outcome = contest.outcome(MARGIN);
    boolean isBetter = outcome == Contest.Outcome.BETTER;
    String why = why(outcome, contest);
    return new Outcome.Learned(
        imputer,
        contest,
        inForce.isPresent(),
        isBetter && !pinned,
        pinned ? why + "; the one in force is pinned" : why);
  }

  private static String why(Contest.Outcome outcome, Contest contest) {
    return switch (outcome) {
      case BETTER ->
          contest.incumbent().isPresent()
              ? told("is lower than %.4f of the one in force", contest, contest.incumbentLoss())
              : told("is lower than %.4f of the baseline", contest, contest.baselineLoss());
      case TOO_FEW_CELLS ->
          "%d cells could be hidden, which decides nothing".formatted(contest.cells());
      case NOT_BETTER_THAN_BASELINE ->
          told("is not lower by 0.005 than %.4f of the baseline", contest, contest.baselineLoss());
      case NOT_BETTER_THAN_INCUMBENT ->
          told(
              "is not lower by 0.005 than %.4f of the one in force",
              contest, contest.incumbentLoss());
    };
  }

  private static String told(String what, Contest contest, double other) {
    return String.format(
        Locale.ROOT, "its loss on hidden cells, %.4f, " + what, contest.candidateLoss(), other);
  }
}
