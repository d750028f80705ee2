package io.assay.web.assertions;

import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.rates.Period;
import io.assay.web.system.Moment;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Rates by row and time: a table that is coloured without any script, and that scripts draw from.
 *
 * @param times when each column begins
 */
record HeatMap(List<Moment> times, List<Row> rows) {
  /** From which rate on a cell has which of the colours 1 to 9; 0 is for nothing violated. */
  private static final double[] BOUNDS = {0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

  /** A row. */
  record Row(String name, List<Cell> cells) {}

  /**
   * A rate.
   *
   * @param value in 0 .. 1; empty where nothing was judged
   */
  record Cell(OptionalDouble value, long violated, long judged) {
    static Cell of(Counted counted) {
      return new Cell(counted.rate(), counted.violated(), counted.judged());
    }

    /** The class of its colour: {@code h0} to {@code h9}; {@code none} where nothing was judged. */
    public String heat() {
      if (value.isEmpty()) {
        return "none";
      }
      int heat = 0;
      while (heat < BOUNDS.length && value.getAsDouble() > BOUNDS[heat]) {
        heat++;
      }
      return "h" + heat;
    }

    public String shown() {
      return Percent.of(value);
    }

    /** For scripts: percent, as a number; empty where nothing was judged. */
    public String percent() {
      return value.isEmpty() ? "" : Double.toString(100 * value.getAsDouble());
    }
  }

  static HeatMap of(List<AssertionLine> lines, Period period) {
    return new HeatMap(
        times(period),
        lines.stream()
            .map(line -> new Row(line.name(), line.steps().stream().map(Cell::of).toList()))
            .toList());
  }

  static List<Moment> times(Period period) {
    return IntStream.range(0, period.range().steps())
        .mapToObj(step -> new Moment(period.begin(step)))
        .toList();
  }
}
