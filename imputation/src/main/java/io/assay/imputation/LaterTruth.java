package io.assay.imputation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How right an imputer was where the value came later, column by column, over the newest cells.
 * Mutable; one thread.
 */
public final class LaterTruth {
  /** So many of a column's newest cells are remembered. */
  public static final int NEWEST = 1000;

  private final Map<String, Cells> columns = new TreeMap<>();

  /**
   * What a column's newest cells say.
   *
   * @param cells how many have come, with those that are forgotten
   * @param accuracy share of categories that were found; empty of numbers
   * @param nrmse root mean square error of numbers, in deviations of the column; empty of
   *     categories
   * @param covered share of numbers within their interval, which should be four of five; empty of
   *     categories
   * @param confidence the mean of what was said beforehand
   * @param right share of cells for which what the confidence is about came true: the category was
   *     found, the number lay within half a deviation
   * @param calibrationError expected calibration error in ten bins of equal mass
   */
  public record Score(
      long cells,
      OptionalDouble accuracy,
      OptionalDouble nrmse,
      OptionalDouble covered,
      double confidence,
      double right,
      double calibrationError) {}

  /** Half a deviation: how near a number has to be for its confidence to have come true. */
  static final double NEAR = 0.5;

  /**
   * A category's value has come.
   *
   * @param confidence as it was told, 0 to 1
   */
  public void ofCategory(String column, double confidence, boolean isFound) {
    cells(column, false).add(checked(confidence), isFound, 0, false);
  }

  /**
   * A number's value has come.
   *
   * @param confidence as it was told, 0 to 1
   * @param error what was filled in, less what is true, in deviations of the column; finite
   * @param isCovered whether the interval held it
   */
  public void ofNumber(String column, double confidence, double error, boolean isCovered) {
    if (!Double.isFinite(error)) {
      throw new IllegalArgumentException("a finite error is needed, got " + error);
    }
    cells(column, true).add(checked(confidence), Math.abs(error) <= NEAR, error * error, isCovered);
  }

  /** By column, in the order of their names; columns without a cell are not in it. */
  public Map<String, Score> scores() {
    Map<String, Score> scores = new TreeMap<>();
    columns.forEach((column, cells) -> scores.put(column, cells.score()));
    return scores;
  }

  private static double checked(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence of 0 to 1 is needed, got " + confidence);
    }
    return confidence;
  }

  private Cells cells(String column, boolean isNumber) {
    Cells cells = columns.computeIfAbsent(column, any -> new Cells(isNumber));
    if (cells.isNumber != isNumber) {
      throw new IllegalArgumentException(
          "'%s' is a column of %s".formatted(column, isNumber ? "categories" : "numbers"));
    }
    return cells;
  }

  /** A ring of the newest. */
  private static final class Cells {
    private final boolean isNumber;
    private final double[] confidences = new double[NEWEST];
    private final boolean[] right = new boolean[NEWEST];
    private final double[] squares = new double[NEWEST];
    private final boolean[] covered = new boolean[NEWEST];
    private long came;

    Cells(boolean isNumber) {
      this.isNumber = isNumber;
    }

    void add(double confidence, boolean isRight, double square, boolean isCovered) {
      int at = (int) (came++ % NEWEST);
      confidences[at] = confidence;
      right[at] = isRight;
      squares[at] = square;
      covered[at] = isCovered;
    }

    Score score() {
      int size = (int) Math.min(came, NEWEST);
      List<CalibrationError.Cell> cells = new ArrayList<>(size);
      double said = 0;
      double sum = 0;
      int found = 0;
      int inside = 0;
      for (int i = 0; i < size; i++) {
        cells.add(new CalibrationError.Cell(confidences[i], right[i]));
        said += confidences[i];
        sum += squares[i];
        found += right[i] ? 1 : 0;
        inside += covered[i] ? 1 : 0;
      }
      double share = found / (double) size;
      return new Score(
          came,
          isNumber ? OptionalDouble.empty() : OptionalDouble.of(share),
          isNumber ? OptionalDouble.of(Math.sqrt(sum / size)) : OptionalDouble.empty(),
          isNumber ? OptionalDouble.of(inside / (double) size) : OptionalDouble.empty(),
          said / size,
          share,
          CalibrationError.of(cells));
    }
  }
}
