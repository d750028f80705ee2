package io.assay.bench.imputation;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Fitting;
import io.assay.imputation.Guess;
import io.assay.imputation.RowFiller;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import io.assay.imputation.net.Attribute;
import io.assay.imputation.net.Beginning;
import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import io.assay.imputation.net.Training;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows of 15 columns (8 categories of 4 to 60 values, 7 numbers): how many a second are learned,
 * and how long a missing cell takes: {@code ./assay bench imputation}.
 */
public final class ImputationReport {
  private static final int CATEGORIES = 8;
  private static final int NUMBERS = 7;
  private static final int ROWS = 20_000;
  private static final int ASKED = 200_000;
  private static final int ROUNDS = 5;

  private ImputationReport() {}

  public static void print() {
    learn(0);
    learn(32);
    Table table = table(2000, 2);
    Schema schema = schema(table);
    for (Fitting.Form form : List.of(Fitting.Form.PLAIN, Fitting.Form.VALUE_DEPENDENT)) {
      serve(
          Fitting.fit(table, schema, form, 0, pass -> false),
          form.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  /** A pass over all rows, after another one. */
  private static void learn(int hidden) {
    List<Attribute> attributes = new ArrayList<>();
    int[][] values = new int[CATEGORIES + NUMBERS][0];
    float[][] numbers = new float[CATEGORIES + NUMBERS][0];
    var random = new SplittableRandom(1);
    for (int a = 0; a < CATEGORIES + NUMBERS; a++) {
      if (a < CATEGORIES) {
        attributes.add(new Attribute.Category(4 + 8 * a));
        values[a] = random.ints(ROWS, 1, 5 + 8 * a).toArray();
      } else {
        attributes.add(new Attribute.Numbers(1));
        numbers[a] = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
          numbers[a][row] = (float) random.nextGaussian();
        }
      }
    }
    int[] rows = IntStream.range(0, ROWS).toArray();
    var codes = new Codes(values, numbers, ROWS);
    var how = new Training.How(ROUNDS + 1, 256, 0.01, 0);
    var layout = new Layout(attributes, 64, hidden);
    var training =
        new Training(layout, how, codes, rows, (a, row) -> true, Beginning.of(layout, 0));
    training.epoch();
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      training.epoch();
      rates[round] = ROWS / ((System.nanoTime() - began) / 1e9);
    }
    Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "learning, k = 64, %d hidden, batches of 256: %.0f rows a second%n",
        hidden,
        rates[ROUNDS / 2]);
  }

  private static void serve(AimNet imputer, String form) {
    Table rows = table(1000, 3);
    RowFiller filler = imputer.filler();
    int columns = imputer.schema().columns().size();
    double checked = 0;
    for (int warm = 0; warm < 3; warm++) {
      checked += ask(filler, rows, columns, new long[ASKED], true);
    }
    long[] nanos = new long[ASKED];
    long before = allocated();
    checked += ask(filler, rows, columns, nanos, true);
    long bytes = (allocated() - before) / ASKED;
    report(form + ", one cell", nanos, bytes);
    before = allocated();
    checked += ask(filler, rows, columns, nanos, false);
    bytes = (allocated() - before) / ASKED;
    report(form + ", all cells", nanos, bytes);
    batch(imputer, rows, form);
    CompletedEvents.measure(imputer, rows, CATEGORIES);
    if (Double.isNaN(checked)) {
      throw new IllegalStateException("an answer was no number");
    }
  }

  private static double ask(
      RowFiller filler, Table rows, int columns, long[] nanos, boolean single) {
    double sum = 0;
    double[][] numbers = numbers(rows);
    for (int i = 0; i < nanos.length; i++) {
      int row = i % rows.rows();
      int missing = i % columns;
      List<String> cells = rows.row(row);
      long began = System.nanoTime();
      filler.clear();
      for (int c = 0; c < columns; c++) {
        if (c != missing) {
          if (c < CATEGORIES) {
            filler.put(c, cells.get(c));
          } else {
            filler.put(c, numbers[row][c - CATEGORIES]);
          }
        }
      }
      for (int c = single ? missing : 0; c < (single ? missing + 1 : columns); c++) {
        sum += filler.fill(c).confidence();
      }
      nanos[i] = System.nanoTime() - began;
    }
    return sum;
  }

  private static double[][] numbers(Table rows) {
    double[][] numbers = new double[rows.rows()][NUMBERS];
    for (int row = 0; row < numbers.length; row++) {
      for (int n = 0; n < NUMBERS; n++) {
        numbers[row][n] = Double.parseDouble(rows.cell(row, CATEGORIES + n));
      }
    }
    return numbers;
  }

  private static void report(String what, long[] nanos, long bytes) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s of a record: p50 %.1f µs, p99 %.1f µs, %d bytes allocated%n",
        what,
        nanos[nanos.length / 2] / 1e3,
        nanos[nanos.length * 99 / 100] / 1e3,
        bytes);
  }

  /** 256 records of texts, each with a cell that is missing. */
  private static void batch(AimNet imputer, Table rows, String form) {
    List<List<String>> gaps = new ArrayList<>();
    for (int row = 0; row < 256; row++) {
      List<String> cells = new ArrayList<>(rows.row(row));
      cells.set(row % cells.size(), "");
      gaps.add(cells);
    }
    Table table = Table.of(rows.names(), gaps);
    long[] nanos = new long[400];
    for (int i = 0; i < nanos.length; i++) {
      long began = System.nanoTime();
      List<Guess> guesses = imputer.fill(table);
      nanos[i] = (System.nanoTime() - began) / guesses.size();
    }
    Arrays.sort(nanos);
    System.out.printf(Locale.ROOT, "%s, batch of 256: %.1f µs a record%n", form, nanos[200] / 1e3);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static Schema schema(Table table) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < CATEGORIES + NUMBERS; c++) {
      String name = table.names().get(c);
      columns.add(c < CATEGORIES ? new Column.Category(name) : new Column.Numbers(name));
    }
    return Schema.of(columns, table);
  }

  private static Table table(int rows, long seed) {
    var random = new SplittableRandom(seed);
    List<String> names = new ArrayList<>();
    for (int c = 0; c < CATEGORIES + NUMBERS; c++) {
      names.add("c" + c);
    }
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double hidden = random.nextGaussian();
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < CATEGORIES; c++) {
        int values = 4 + 8 * c;
        double share = 1 / (1 + Math.exp(-hidden - random.nextGaussian()));
        cells.add("v" + (int) (share * values));
      }
      for (int n = 0; n < NUMBERS; n++) {
        cells.add("%.3f".formatted(hidden + random.nextGaussian()));
      }
      all.add(cells);
    }
    return Table.of(names, all);
  }
}
