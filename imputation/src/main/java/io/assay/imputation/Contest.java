package io.assay.imputation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A candidate, the imputer in use and a baseline, asked for the same cells, which are hidden in
 * rows that none of them has learned of. What one of them does not fill counts as the baseline
 * fills it.
 *
 * @param cells how many were hidden
 * @param candidate how well it found them
 * @param incumbent how well the one in use did; empty where none is
 * @param baseline how well that did
 * @param losses of each column with hidden cells, by name
 */
public record Contest(
    int cells,
    Evaluation candidate,
    Optional<Evaluation> incumbent,
    Evaluation baseline,
    Map<String, Losses> losses) {
  private static final double HIDDEN = 0.15;
  private static final int ROUNDS = 3;

  /** Fewer cells decide nothing. */
  private static final int ENOUGH = 100;

  /**
   * Of one column: the share of wrong categories, or the root mean square error of numbers, in
   * deviations of the column.
   *
   * @param incumbent empty where none is in use
   */
  public record Losses(double candidate, Optional<Double> incumbent, double baseline) {}

  /** What comes of it. */
  public enum Outcome {
    /** The candidate takes the place. */
    BETTER,
    /** Too few cells could be hidden. */
    TOO_FEW_CELLS,
    /** The baseline does as well. */
    NOT_BETTER_THAN_BASELINE,
    /** The one in use does as well. */
    NOT_BETTER_THAN_INCUMBENT
  }

  public Contest {
    losses = Map.copyOf(losses);
  }

  /**
   * Hides cells of the candidate's columns and asks all three.
   *
   * @param incumbent the one in use
   * @param held rows that none of them has learned of
   * @param seed of what is hidden
   * @throws IllegalArgumentException of rows without a column that one of them needs
   */
  public static Contest of(
      Imputer candidate, Optional<Imputer> incumbent, Imputer baseline, Table held, long seed) {
    List<Column> columns = candidate.schema().columns();
    Table whole = repeated(held);
    boolean[][] mask = mask(whole, columns, new SplittableRandom(seed));
    Table gaps = Evaluation.hide(whole, mask);
    Map<Cell, Guess> plain = byCell(baseline.fill(gaps));
    Evaluation ofCandidate = evaluate(candidate.fill(gaps), plain, columns, whole, mask);
    Optional<Evaluation> ofIncumbent =
        incumbent.map(one -> evaluate(one.fill(gaps), plain, columns, whole, mask));
    Evaluation ofBaseline = evaluate(List.of(), plain, columns, whole, mask);
    int cells = 0;
    for (boolean[] row : mask) {
      for (boolean hidden : row) {
        cells += hidden ? 1 : 0;
      }
    }
    return new Contest(
        cells,
        ofCandidate,
        ofIncumbent,
        ofBaseline,
        losses(columns, ofCandidate, ofIncumbent, ofBaseline));
  }

  private static Table repeated(Table held) {
    List<List<String>> rows = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int row = 0; row < held.rows(); row++) {
        rows.add(held.row(row));
      }
    }
    return Table.of(held.names(), rows);
  }

  /** Of a group all is hidden or nothing. */
  private static boolean[][] mask(Table table, List<Column> columns, SplittableRandom random) {
    boolean[][] mask = new boolean[table.rows()][table.names().size()];
    for (Column column : columns) {
      int[] places = column.columns().stream().mapToInt(table::column).toArray();
      for (int row = 0; row < table.rows(); row++) {
        boolean isHidden = random.nextDouble() < HIDDEN;
        for (int place : places) {
          isHidden &= !table.cell(row, place).isEmpty();
        }
        for (int place : places) {
          mask[row][place] = isHidden;
        }
      }
    }
    return mask;
  }

  private record Cell(int row, Column column) {}

  private static Map<Cell, Guess> byCell(List<Guess> guesses) {
    Map<Cell, Guess> all = new HashMap<>();
    guesses.forEach(guess -> all.put(new Cell(guess.row(), guess.column()), guess));
    return all;
  }

  private static Evaluation evaluate(
      List<Guess> guesses,
      Map<Cell, Guess> otherwise,
      List<Column> columns,
      Table whole,
      boolean[][] mask) {
    Map<Cell, Guess> all = new HashMap<>(otherwise);
    all.putAll(byCell(guesses));
    all.keySet().removeIf(cell -> !columns.contains(cell.column()));
    return Evaluation.of(List.copyOf(all.values()), whole, mask);
  }

  private static Map<String, Losses> losses(
      List<Column> columns,
      Evaluation candidate,
      Optional<Evaluation> incumbent,
      Evaluation baseline) {
    Map<String, Losses> losses = new LinkedHashMap<>();
    for (Column column : columns) {
      for (String name : column.columns()) {
        double own = loss(column, name, candidate);
        if (Double.isFinite(own)) {
          losses.put(
              name,
              new Losses(
                  own,
                  incumbent.map(one -> loss(column, name, one)),
                  loss(column, name, baseline)));
        }
      }
    }
    return losses;
  }

  private static double loss(Column column, String name, Evaluation of) {
    double value = of.columns().getOrDefault(name, Double.NaN);
    return column instanceof Column.Numbers ? value : 1 - value;
  }

  /** Of the candidate, the mean of its columns. */
  public double candidateLoss() {
    return losses.values().stream().mapToDouble(Losses::candidate).average().orElse(Double.NaN);
  }

  /** Of the one in use, the mean of the columns; NaN where none is. */
  public double incumbentLoss() {
    return losses.values().stream()
        .mapToDouble(all -> all.incumbent().orElse(Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  /** Of the baseline, the mean of the columns. */
  public double baselineLoss() {
    return losses.values().stream().mapToDouble(Losses::baseline).average().orElse(Double.NaN);
  }

  /**
   * Whether the candidate takes the place.
   *
   * @param margin by which its loss must be lower than that of the baseline, and of the one in use;
   *     0 or more: what changes from seed to seed on the same rows is below 0.005 on most tables
   */
  public Outcome outcome(double margin) {
    if (!(margin >= 0)) {
      throw new IllegalArgumentException("a margin is 0 or more, got " + margin);
    }
    if (cells < ENOUGH || losses.isEmpty()) {
      return Outcome.TOO_FEW_CELLS;
    }
    if (!(candidateLoss() < baselineLoss() - margin)) {
      return Outcome.NOT_BETTER_THAN_BASELINE;
    }
    boolean isBetter = incumbent.isEmpty() || candidateLoss() < incumbentLoss() - margin;
    return isBetter ? Outcome.BETTER : Outcome.NOT_BETTER_THAN_INCUMBENT;
  }
}
