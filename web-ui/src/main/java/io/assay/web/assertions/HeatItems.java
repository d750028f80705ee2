package io.assay.web.assertions;

import io.assay.web.rates.Appeared;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A heat map as the API tells it.
 *
 * @param times when each column begins; empty where they are no steps of time
 * @param columns as the table calls them: a time, a version of the model, or a declared slice:
 *     {@code night}, {@code !night}, {@code night undecided}
 * @param items a row each
 * @param versions of models that appeared in the times of the columns
 * @param next what {@code after} takes for the rows that follow; null on the last part
 */
record HeatItems(
    List<Instant> times,
    List<String> columns,
    List<Row> items,
    List<Appearance> versions,
    @Nullable String next) {

  /** A version of the model of a stream; {@code column}: in which it was first seen, from 0. */
  record Appearance(String stream, String version, Instant at, int column) {
    static Appearance of(Appeared one) {
      return new Appearance(one.stream(), one.version(), one.at().instant(), one.step());
    }
  }

  /** An assertion, or a slice of one; {@code cells} by column. */
  record Row(String name, List<Cell> cells) {}

  /** {@code rate}: violated of judged; null where nothing was judged. */
  record Cell(@Nullable Double rate, long violated, long judged) {
    static Cell of(HeatMap.Cell cell) {
      OptionalDouble rate = cell.value();
      return new Cell(rate.isPresent() ? rate.getAsDouble() : null, cell.violated(), cell.judged());
    }
  }

  static HeatItems of(HeatMap map, @Nullable String next) {
    return new HeatItems(
        map.columns().stream().flatMap(one -> one.at().stream()).map(Moment::instant).toList(),
        map.columns().stream().map(HeatMap.Column::name).toList(),
        map.rows().stream()
            .map(row -> new Row(row.name(), row.cells().stream().map(Cell::of).toList()))
            .toList(),
        map.marks().stream().map(Appearance::of).toList(),
        next);
  }
}
