package io.assay.imputation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A table of which it is known what follows from what. */
final class Weather {
  static final List<String> NAMES = List.of("season", "sky", "degrees", "coat", "lat", "lon");

  private Weather() {}

  /** The sky follows the season, degrees both, a coat the degrees; a place is near one of two. */
  static Table table(int rows, long seed) {
    var random = new SplittableRandom(seed);
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean winter = random.nextBoolean();
      boolean clear = random.nextDouble() < (winter ? 0.1 : 0.9);
      double degrees = (winter ? 0 : 20) + (clear ? 5 : 0) + 2 * random.nextGaussian();
      boolean south = degrees > 12;
      all.add(
          List.of(
              winter ? "winter" : "summer",
              clear ? "clear" : "cloudy",
              "%.1f".formatted(degrees),
              degrees < 12 ? "yes" : "no",
              "%.2f".formatted((south ? 40 : 60) + random.nextGaussian()),
              "%.2f".formatted((south ? 10 : 30) + random.nextGaussian())));
    }
    return Table.of(NAMES, all);
  }

  static Schema schema(Table table) {
    return Schema.of(
        List.of(
            new Column.Category("season"),
            new Column.Category("sky"),
            new Column.Numbers("degrees"),
            new Column.Category("coat"),
            new Column.Numbers("place", List.of("lat", "lon"))),
        table);
  }

  static boolean[][] mask(Table table, double share, long seed) {
    var random = new SplittableRandom(seed);
    boolean[][] mask = new boolean[table.rows()][table.names().size()];
    for (boolean[] row : mask) {
      for (int c = 0; c < row.length; c++) {
        row[c] = random.nextDouble() < share;
      }
      row[4] |= row[5];
      row[5] = row[4];
    }
    return mask;
  }
}
