package io.assay.imputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether cells are missing at random, or where other fields say so: each column's gaps are held
 * against the values, and the gaps, of each other one.
 *
 * <p>What depends on fields that are there can be filled from them (missing at random); an imputer
 * that is trained and tested on cells hidden evenly is then judged on others than those it fills.
 * That gaps depend on what they hide (missing not at random) no table can tell.
 */
public final class MissingAtRandom {
  /** Values of a category that are told apart; the rest is one. */
  private static final int VALUES = 20;

  /** Parts of equal size that numbers are cut into. */
  private static final int PARTS = 10;

  private static final int GONE = 0;

  private MissingAtRandom() {}

  /**
   * That a column's gaps go with another's values.
   *
   * @param strength Cramér's V of gap or not against the other's values, 0 to 1
   * @param adjusted probability of as much by chance alone, Benjamini-Hochberg over all pairs
   */
  public record Dependence(String column, String on, double strength, double adjusted) {
    /** Whether it is more than chance: of such claims at most a twentieth is wrong. */
    public boolean isReal() {
      return adjusted < FalseDiscoveries.RATE;
    }
  }

  /**
   * All pairs of columns of which the first has gaps, and values; the strongest first.
   *
   * @param schema which columns are looked at, and which are numbers
   */
  public static List<Dependence> of(Table table, Schema schema) {
    List<String> names = new ArrayList<>();
    List<int[]> codes = new ArrayList<>();
    for (Column column : schema.columns()) {
      for (String name : column.columns()) {
        names.add(name);
        codes.add(codes(table, table.column(name), column));
      }
    }
    List<Dependence> found = new ArrayList<>();
    for (int of = 0; of < names.size(); of++) {
      if (isSometimes(codes.get(of))) {
        for (int on = 0; on < names.size(); on++) {
          if (on != of) {
            long[][] counts = counts(codes.get(of), codes.get(on));
            found.add(
                new Dependence(
                    names.get(of),
                    names.get(on),
                    Contingency.strength(counts),
                    Contingency.chance(counts)));
          }
        }
      }
    }
    return adjusted(found);
  }

  private static List<Dependence> adjusted(List<Dependence> found) {
    double[] adjusted =
        FalseDiscoveries.adjusted(found.stream().mapToDouble(Dependence::adjusted).toArray());
    List<Dependence> told = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Dependence one = found.get(i);
      told.add(new Dependence(one.column(), one.on(), one.strength(), adjusted[i]));
    }
    told.sort(Comparator.comparingDouble(Dependence::strength).reversed());
    return List.copyOf(told);
  }

  private static boolean isSometimes(int[] codes) {
    long gone = Arrays.stream(codes).filter(code -> code == GONE).count();
    return gone > 0 && gone < codes.length;
  }

  private static long[][] counts(int[] of, int[] on) {
    long[][] counts = new long[2][Math.max(VALUES + 1, PARTS) + 1];
    for (int row = 0; row < of.length; row++) {
      counts[of[row] == GONE ? 0 : 1][on[row]]++;
    }
    return counts;
  }

  /** Small numbers for values; {@link #GONE} where there is none. */
  private static int[] codes(Table table, int at, Column column) {
    return switch (column) {
      case Column.Category ignored -> values(table, at);
      case Column.Text ignored -> values(table, at);
      case Column.Numbers ignored -> parts(table, at);
    };
  }

  private static int[] values(Table table, int at) {
    Map<String, Integer> counts = new HashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      counts.merge(table.cell(row, at), 1, Integer::sum);
    }
    counts.remove("");
    List<String> frequent =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(VALUES)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, Integer> codes = new HashMap<>();
    frequent.forEach(value -> codes.put(value, codes.size() + 1));
    codes.put("", GONE);
    int[] of = new int[table.rows()];
    Arrays.setAll(of, row -> codes.getOrDefault(table.cell(row, at), VALUES + 1));
    return of;
  }

  private static int[] parts(Table table, int at) {
    double[] numbers = new double[table.rows()];
    Arrays.setAll(numbers, row -> Schema.number(table.cell(row, at)).orElse(Double.NaN));
    double[] sorted = Arrays.stream(numbers).filter(n -> !Double.isNaN(n)).sorted().toArray();
    Map<Double, Integer> places = new HashMap<>();
    for (int place = 0; place < sorted.length; place++) {
      places.putIfAbsent(sorted[place], place); // Equal numbers are in one part.
    }
    int[] of = new int[numbers.length];
    Arrays.setAll(
        of,
        row -> {
          Integer place = places.get(numbers[row]);
          return place == null ? GONE : 1 + (int) ((long) place * PARTS / sorted.length);
        });
    return of;
  }
}
