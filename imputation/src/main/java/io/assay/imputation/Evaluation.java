package io.assay.imputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How well an imputer finds cells that were hidden from it.
 *
 * @param accuracy share of hidden category cells that were found; empty without any
 * @param nrmse mean over number columns of the root mean square error, in deviations of the true
 *     column; empty without any
 * @param calibrationError of categories: expected calibration error in ten bins of equal mass
 * @param covered share of hidden numbers within their interval of 80 %
 * @param columns accuracy or error of each column with hidden cells
 */
public record Evaluation(
    OptionalDouble accuracy,
    OptionalDouble nrmse,
    OptionalDouble calibrationError,
    OptionalDouble covered,
    Map<String, Double> columns) {
  /**
   * The table with some cells emptied.
   *
   * @param mask of the same shape: true hides
   */
  public static Table hide(Table table, boolean[][] mask) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> cells = new ArrayList<>(table.row(row));
      for (int c = 0; c < cells.size(); c++) {
        if (mask[row][c]) {
          cells.set(c, "");
        }
      }
      rows.add(cells);
    }
    return Table.of(table.names(), rows);
  }

  private static final class Numbers {
    private double squares;
    private int cells;
  }

  /**
   * @param guesses for the table with the cells of the mask emptied
   * @param table with what is true; cells that are empty in it are left out
   */
  public static Evaluation of(List<Guess> guesses, Table table, boolean[][] mask) {
    Map<String, List<CalibrationError.Cell>> categories = new LinkedHashMap<>();
    Map<String, Numbers> numbers = new LinkedHashMap<>();
    int inside = 0;
    int intervals = 0;
    for (Guess guess : guesses) {
      for (int d = 0; d < guess.column().columns().size(); d++) {
        String name = guess.column().columns().get(d);
        int at = table.column(name);
        String truth = table.cell(guess.row(), at);
        if (!mask[guess.row()][at] || truth.isEmpty()) {
          continue;
        }
        switch (guess) {
          case Guess.OfCategory one ->
              categories
                  .computeIfAbsent(name, any -> new ArrayList<>())
                  .add(
                      new CalibrationError.Cell(
                          one.confidence(), one.texts().get(0).equals(truth)));
          case Guess.OfNumbers one -> {
            Guess.Estimate estimate = one.estimates().get(d);
            double value = Schema.number(truth).orElseThrow();
            Numbers of = numbers.computeIfAbsent(name, any -> new Numbers());
            of.squares += (estimate.value() - value) * (estimate.value() - value);
            of.cells++;
            intervals++;
            inside += estimate.low() <= value && value <= estimate.high() ? 1 : 0;
          }
        }
      }
    }
    return of(table, categories, numbers, inside, intervals);
  }

  private static Evaluation of(
      Table table,
      Map<String, List<CalibrationError.Cell>> categories,
      Map<String, Numbers> numbers,
      int inside,
      int intervals) {
    Map<String, Double> columns = new HashMap<>();
    List<CalibrationError.Cell> cells = new ArrayList<>();
    categories.forEach(
        (name, of) -> {
          cells.addAll(of);
          columns.put(name, CalibrationError.right(of));
        });
    double errors = 0;
    for (Map.Entry<String, Numbers> one : numbers.entrySet()) {
      double error =
          Math.sqrt(one.getValue().squares / one.getValue().cells) / deviation(table, one.getKey());
      columns.put(one.getKey(), error);
      errors += error;
    }
    Map<String, Double> inOrder = new LinkedHashMap<>();
    for (String name : table.names()) {
      Double value = columns.get(name);
      if (value != null) {
        inOrder.put(name, value);
      }
    }
    return new Evaluation(
        cells.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(CalibrationError.right(cells)),
        numbers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(errors / numbers.size()),
        cells.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(CalibrationError.of(cells)),
        intervals == 0 ? OptionalDouble.empty() : OptionalDouble.of(inside / (double) intervals),
        inOrder);
  }

  /** Of the whole population. */
  private static double deviation(Table table, String name) {
    int at = table.column(name);
    double[] values =
        IntStream.range(0, table.rows())
            .mapToObj(row -> table.cell(row, at))
            .filter(cell -> !cell.isEmpty())
            .mapToDouble(cell -> Schema.number(cell).orElseThrow())
            .toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.length));
  }
}
