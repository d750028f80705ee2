package io.assay.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The committed table of error rates and lengths. */
record ErrorTable(Map<ErrorKind, Row> rows) {
  /** Committed beside this class, with its own explanation. */
  static final ErrorTable STREET = read("street-errors.txt");

  ErrorTable {
    rows = Map.copyOf(rows);
  }

  /**
   * One kind's row.
   *
   * @param perMinute how many begin in a minute in which they could
   * @param perRoadUser whether that is each road user's minute, or the stream's
   * @param lengths share by number of frames
   */
  record Row(
      double perMinute,
      boolean perRoadUser,
      double night,
      double rain,
      SortedMap<Integer, Double> lengths) {

    /** Chance that one begins in a frame. */
    double chance(Weather weather) {
      double factor =
          (weather.night() ? night : 1) * (weather.sky() == Weather.Sky.RAIN ? rain : 1);
      return perMinute / 60 * World.STEP * factor;
    }

    int length(Draws draws) {
      double left = draws.unit();
      for (Map.Entry<Integer, Double> entry : lengths.entrySet()) {
        left -= entry.getValue();
        if (left < 0) {
          return entry.getKey();
        }
      }
      return lengths.lastKey();
    }

    int longest() {
      return lengths.lastKey();
    }
  }

  Row row(ErrorKind kind) {
    Row row = rows.get(kind);
    if (row == null) {
      throw new IllegalStateException("the error table has no row for " + kind.label());
    }
    return row;
  }

  private static ErrorTable read(String resource) {
    try (InputStream in = ErrorTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build has left out " + resource);
      }
      List<String> lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
      Map<ErrorKind, Row> rows = new EnumMap<>(ErrorKind.class);
      for (String line : lines) {
        if (!line.isBlank() && !line.startsWith("#")) {
          add(List.of(line.trim().split("\\s+")), rows);
        }
      }
      return new ErrorTable(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<String> cells, Map<ErrorKind, Row> rows) {
    SortedMap<Integer, Double> lengths = new TreeMap<>();
    for (String cell : cells.subList(5, cells.size())) {
      int colon = cell.indexOf(':');
      lengths.put(
          Integer.valueOf(cell.substring(0, colon)), Double.valueOf(cell.substring(colon + 1)));
    }
    rows.put(
        ErrorKind.valueOf(cells.get(0).toUpperCase(java.util.Locale.ROOT)),
        new Row(
            Double.parseDouble(cells.get(1)),
            cells.get(2).equals("road_user"),
            Double.parseDouble(cells.get(3)),
            Double.parseDouble(cells.get(4)),
            lengths));
  }
}
