package io.assay.imputation;

import io.assay.imputation.net.Attribute;
import io.assay.imputation.net.Codes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** What the rows it was made of say about their columns: known values, means and deviations. */
final class Codebook {
  /** Of a text, so many values are known by themselves, the commonest. */
  private static final int KNOWN_TEXTS = 500;

  private static final int BUCKETS = 64;

  private final Schema schema;
  private final List<Entry> entries;

  private Codebook(Schema schema, List<Entry> entries) {
    this.schema = schema;
    this.entries = List.copyOf(entries);
  }

  /** Of one column or group. */
  sealed interface Entry {}

  /**
   * A category's.
   *
   * @param values the commonest first, from code 1 on
   * @param counts how often each came
   * @param buckets of hashes of all other values; none of a category
   */
  record Known(List<String> values, List<Integer> counts, int buckets, Map<String, Integer> codes)
      implements Entry {
    static Known of(List<String> values, List<Integer> counts, int buckets) {
      Map<String, Integer> codes = new LinkedHashMap<>();
      for (String value : values) {
        codes.put(value, codes.size() + 1);
      }
      return new Known(List.copyOf(values), List.copyOf(counts), buckets, Map.copyOf(codes));
    }

    Known growing(Known before) {
      List<String> more = new ArrayList<>(values);
      List<Integer> counted = new ArrayList<>(counts);
      for (String value : before.values) {
        if (!codes.containsKey(value) && more.size() < 2 * values.size()) {
          more.add(value);
          counted.add(0);
        }
      }
      return of(more, counted, Math.max(buckets, before.buckets));
    }

    /** 0 of what is not known. */
    int code(String cell) {
      Integer code = codes.get(cell);
      if (code != null) {
        return code;
      }
      return buckets == 0 ? 0 : values.size() + 1 + bucket(cell);
    }

    /** Of a hash; 0 where there are none. */
    int bucketCode(int bucket) {
      return bucket < buckets ? values.size() + 1 + bucket : 0;
    }

    private int bucket(String cell) {
      var hash = new CRC32();
      hash.update(cell.getBytes(StandardCharsets.UTF_8));
      return (int) (hash.getValue() % buckets);
    }
  }

  /**
   * Of each number of a group.
   *
   * @param decimals the most that came
   */
  record Scale(double mean, double deviation, int decimals) {
    double standardised(double value) {
      return (value - mean) / deviation;
    }

    double value(double standardised) {
      return mean + deviation * standardised;
    }

    /**
     * @param reach half the width of the interval, in deviations
     */
    Guess.Estimate estimate(double standardised, double reach) {
      double value = value(standardised);
      return new Guess.Estimate(
          value, value(standardised - reach), value(standardised + reach), text(standardised));
    }

    /** With as many decimals as the column has. */
    String text(double standardised) {
      return new BigDecimal(value(standardised))
          .setScale(decimals, RoundingMode.HALF_EVEN)
          .toPlainString();
    }
  }

  record Scales(List<Scale> scales) implements Entry {
    Scales {
      scales = List.copyOf(scales);
    }
  }

  /**
   * @throws IllegalArgumentException of a number that is none
   */
  static Codebook of(Schema schema, Table table) {
    List<Entry> entries = new ArrayList<>();
    for (Column column : schema.columns()) {
      entries.add(
          switch (column) {
            case Column.Category one -> known(table, one.name(), Integer.MAX_VALUE, 0);
            case Column.Text one -> known(table, one.name(), KNOWN_TEXTS, BUCKETS);
            case Column.Numbers numbers ->
                new Scales(numbers.columns().stream().map(name -> scale(table, name)).toList());
          });
    }
    return new Codebook(schema, entries);
  }

  /**
   * The same, with values that an earlier one knew and that do not come now, up to as many as come:
   * they may come again.
   */
  Codebook growing(Codebook before) {
    List<Entry> grown = new ArrayList<>();
    for (int a = 0; a < entries.size(); a++) {
      int was = before.schema.columns().indexOf(schema.columns().get(a));
      boolean isKnown = was >= 0 && entries.get(a) instanceof Known;
      grown.add(
          isKnown
              ? ((Known) entries.get(a)).growing((Known) before.entries.get(was))
              : entries.get(a));
    }
    return new Codebook(schema, grown);
  }

  static Codebook of(Schema schema, List<Entry> entries) {
    return new Codebook(schema, entries);
  }

  private static Known known(Table table, String name, int most, int buckets) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int at = table.column(name);
    for (int row = 0; row < table.rows(); row++) {
      String cell = table.cell(row, at);
      if (!cell.isEmpty()) {
        counts.merge(cell, 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> commonest = new ArrayList<>(counts.entrySet());
    commonest.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    List<Map.Entry<String, Integer>> kept = commonest.subList(0, Math.min(most, commonest.size()));
    return Known.of(
        kept.stream().map(Map.Entry::getKey).toList(),
        kept.stream().map(Map.Entry::getValue).toList(),
        kept.size() < commonest.size() ? buckets : 0);
  }

  private static Scale scale(Table table, String name) {
    int at = table.column(name);
    double mean = 0;
    double squares = 0;
    int count = 0;
    int decimals = 0;
    for (int row = 0; row < table.rows(); row++) {
      String cell = table.cell(row, at);
      if (!cell.isEmpty()) {
        double value = number(cell, row, name);
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        decimals = Math.max(decimals, decimals(cell));
      }
    }
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    return new Scale(mean, deviation > 0 ? deviation : 1, decimals);
  }

  private static int decimals(String cell) {
    String text = cell.strip();
    int point = text.indexOf('.');
    boolean plain = text.indexOf('e') < 0 && text.indexOf('E') < 0;
    return point < 0 || !plain ? 0 : text.length() - point - 1;
  }

  private static double number(String cell, int row, String name) {
    return Schema.number(cell)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "row %d, column '%s': a number is needed, got '%s'"
                        .formatted(row + 1, name, cell)));
  }

  Schema schema() {
    return schema;
  }

  Entry entry(int attribute) {
    return entries.get(attribute);
  }

  List<Attribute> attributes() {
    return entries.stream()
        .<Attribute>map(
            entry ->
                switch (entry) {
                  case Known known ->
                      new Attribute.Category(known.values().size() + known.buckets());
                  case Scales scales -> new Attribute.Numbers(scales.scales().size());
                })
        .toList();
  }

  boolean isNumber(int attribute) {
    return entries.get(attribute) instanceof Scales;
  }

  /** How many values an answer chooses from, or how many numbers it has. */
  int answers(int attribute) {
    return switch (entries.get(attribute)) {
      case Known known -> known.values().size();
      case Scales scales -> scales.scales().size();
    };
  }

  /** Whether a cell has a value of its own, not one that is known by its hash. */
  boolean isKnown(int attribute, int[] values, int row) {
    return switch (entries.get(attribute)) {
      case Known known -> values[row] > 0 && values[row] <= known.values().size();
      case Scales ignored -> true;
    };
  }

  /** Rows as a network reads them; of a group, all is missing where one is. */
  Codes encode(Table table) {
    int[][] values = new int[entries.size()][0];
    float[][] numbers = new float[entries.size()][0];
    for (int a = 0; a < entries.size(); a++) {
      Column column = schema.columns().get(a);
      int[] places = column.columns().stream().mapToInt(table::column).toArray();
      switch (entries.get(a)) {
        case Known known -> {
          values[a] = new int[table.rows()];
          for (int row = 0; row < table.rows(); row++) {
            String cell = table.cell(row, places[0]);
            values[a][row] = cell.isEmpty() ? 0 : known.code(cell);
          }
        }
        case Scales scales -> numbers[a] = standardised(table, column, places, scales);
      }
    }
    return new Codes(values, numbers, table.rows());
  }

  private static float[] standardised(Table table, Column column, int[] places, Scales scales) {
    float[] all = new float[table.rows() * places.length];
    for (int row = 0; row < table.rows(); row++) {
      boolean isWhole = true;
      for (int d = 0; d < places.length; d++) {
        String cell = table.cell(row, places[d]);
        isWhole &= !cell.isEmpty();
        all[row * places.length + d] =
            cell.isEmpty()
                ? Float.NaN
                : (float)
                    scales.scales().get(d).standardised(number(cell, row, column.columns().get(d)));
      }
      for (int d = 0; d < places.length && !isWhole; d++) {
        all[row * places.length + d] = Float.NaN;
      }
    }
    return all;
  }
}
