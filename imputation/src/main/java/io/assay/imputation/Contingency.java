package io.assay.imputation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.FisherExactTest;

/** Whether the rows of a table of counts differ by more than chance. */
final class Contingency {
  /** Below so many expected in a cell the chi-squared distribution is no longer near. */
  private static final double FEW = 5;

  /** Beyond so many, the exact test of two by two takes long and says the same. */
  private static final long MANY = 10_000;

  private Contingency() {}

  /**
   * The probability of counts as unlike or more, were all rows alike; 1 where nothing can differ.
   */
  static double chance(long[][] counts) {
    long[][] table = withoutEmpty(counts);
    if (table.length < 2 || table[0].length < 2) {
      return 1;
    }
    if (table.length == 2 && table[0].length == 2 && isSmall(table)) {
      return FisherExactTest.withDefaults().test(asInts(table)).getPValue();
    }
    return ChiSquareTest.withDefaults().test(table).getPValue();
  }

  /** Cramér's V: how much the rows differ, 0 not at all, 1 entirely. */
  static double strength(long[][] counts) {
    long[][] table = withoutEmpty(counts);
    if (table.length < 2 || table[0].length < 2) {
      return 0;
    }
    long all = Arrays.stream(table).flatMapToLong(Arrays::stream).sum();
    double statistic = ChiSquareTest.withDefaults().test(table).getStatistic();
    return Math.sqrt(statistic / all / (Math.min(table.length, table[0].length) - 1));
  }

  private static boolean isSmall(long[][] table) {
    long[] rows = Arrays.stream(table).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    long all = Arrays.stream(rows).sum();
    for (int column = 0; column < 2; column++) {
      long sum = table[0][column] + table[1][column];
      for (long row : rows) {
        if (row * (double) sum / all < FEW) {
          return all <= MANY;
        }
      }
    }
    return false;
  }

  private static int[][] asInts(long[][] table) {
    return Arrays.stream(table)
        .map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray())
        .toArray(int[][]::new);
  }

  private static long[][] withoutEmpty(long[][] counts) {
    long[][] rows =
        Arrays.stream(counts).filter(row -> Arrays.stream(row).sum() > 0).toArray(long[][]::new);
    if (rows.length == 0) {
      return rows;
    }
    int[] kept =
        IntStream.range(0, rows[0].length)
            .filter(column -> Arrays.stream(rows).anyMatch(row -> row[column] > 0))
            .toArray();
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(kept).mapToLong(column -> row[column]).toArray())
        .toArray(long[][]::new);
  }
}
