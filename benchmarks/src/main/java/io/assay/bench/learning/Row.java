package io.assay.bench.learning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * A minute of the office of Candanedo and Feldheim (<i>Energy and Buildings</i> 112, 2016).
 *
 * @param light lux
 * @param occupied the truth
 */
record Row(
    LocalDateTime at,
    double temperature,
    double humidity,
    double light,
    double co2,
    double humidityRatio,
    boolean occupied) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** Reads a file as its authors publish it: the header lacks the column of row numbers. */
  static List<Row> read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).filter(line -> !line.isBlank()).map(Row::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Row parse(String line) {
    String[] cells = line.replace("\"", "").split(",", -1);
    return new Row(
        LocalDateTime.parse(cells[1], TIME),
        Double.parseDouble(cells[2]),
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]),
        Double.parseDouble(cells[6]),
        cells[7].equals("1"));
  }

  java.time.Instant instant() {
    return at.toInstant(ZoneOffset.UTC);
  }

  /** Nobody is expected from 21 to 6 o'clock and at the weekend. */
  boolean offHours() {
    int hour = at.getHour();
    return hour >= 21 || hour < 6 || at.getDayOfWeek().getValue() >= 6;
  }

  boolean lit() {
    return light > 200;
  }
}
