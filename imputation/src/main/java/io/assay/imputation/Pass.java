package io.assay.imputation;

/**
 * How far a fitting is, between two passes over its rows.
 *
 * @param training which of the networks that are trained, from 1; all but the last only say which
 *     form is better, and how sure it may be
 * @param trainings how many networks are trained
 * @param pass which of this one's passes is over, from 1
 * @param passes how many a training takes, unless it is ended
 * @param rows of a pass
 * @param loss mean over the pass: cross-entropy of categories and squared error of numbers, in
 *     deviations
 */
public record Pass(int training, int trainings, int pass, int passes, int rows, double loss) {
  /** How much of the whole is over, 0 to 1. */
  public double share() {
    return (training - 1 + pass / (double) passes) / trainings;
  }
}
