package io.assay.imputation;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many cells are missing, by segment and column.
 *
 * @param columns the table's columns, in order
 * @param segments by the segment's value, in order; {@code ""} are the rows without one, and all
 *     rows where nothing parts them
 */
public record Missingness(List<String> columns, Map<String, Cells> segments) {
  /** Beyond so many segments the rarest are counted together, as {@link #OTHERS}. */
  public static final int MOST_SEGMENTS = 50;

  /** What stands for segments that are too rare to be told apart. */
  public static final String OTHERS = "(others)";

  /**
   * The cells of a segment.
   *
   * @param missing of each column, in the order of the columns
   */
  public record Cells(long rows, List<Long> missing) {
    public Cells {
      missing = List.copyOf(missing);
    }

    Cells and(Cells other) {
      Long[] sums = new Long[missing.size()];
      Arrays.setAll(sums, column -> missing.get(column) + other.missing.get(column));
      return new Cells(rows + other.rows, List.of(sums));
    }
  }

  public Missingness {
    columns = List.copyOf(columns);
    segments = Collections.unmodifiableMap(new LinkedHashMap<>(segments));
  }

  /**
   * Counted in a table.
   *
   * @param segment the column that parts the rows; without it they are one segment
   * @throws IllegalArgumentException where the table has no such column
   */
  public static Missingness of(Table table, Optional<String> segment) {
    int at = segment.map(table::column).orElse(-1);
    Map<String, long[]> counts = new TreeMap<>();
    int width = table.names().size();
    for (int row = 0; row < table.rows(); row++) {
      String of = at < 0 ? "" : table.cell(row, at);
      long[] count = counts.computeIfAbsent(of, any -> new long[width + 1]);
      for (int column = 0; column < width; column++) {
        count[column] += table.cell(row, column).isEmpty() ? 1 : 0;
      }
      count[width]++;
    }
    return new Missingness(table.names(), withoutRare(cells(counts, width)));
  }

  private static Map<String, Cells> cells(Map<String, long[]> counts, int width) {
    Map<String, Cells> cells = new LinkedHashMap<>();
    counts.forEach(
        (segment, count) ->
            cells.put(
                segment,
                new Cells(count[width], Arrays.stream(count).limit(width).boxed().toList())));
    return cells;
  }

  private static Map<String, Cells> withoutRare(Map<String, Cells> cells) {
    if (cells.size() <= MOST_SEGMENTS) {
      return cells;
    }
    Set<String> frequent =
        cells.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Cells> one) -> -one.getValue().rows())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_SEGMENTS)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Map<String, Cells> kept = new LinkedHashMap<>();
    cells.forEach(
        (segment, of) -> kept.merge(frequent.contains(segment) ? segment : OTHERS, of, Cells::and));
    return kept;
  }
}
