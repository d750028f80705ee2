package io.assay.assertion.eval;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the statistics of one segment of a window came to, whatever became of its lines: what pages
 * show of windows that hold, too.
 *
 * @param assertion its name
 * @param group the lines that share the window, by their names
 * @param segment {@code region north}; empty where the window is not cut
 * @param start first instant of the window, nanoseconds since the epoch
 * @param end first instant behind it
 * @param events seen in it
 * @param units of them, or of their elements or pairs
 * @param truths units whose truth is known
 * @param open whether truths may still come: then figures are estimates, and no line is judged
 */
public record WindowFigures(
    String assertion,
    String group,
    String segment,
    long start,
    long end,
    long events,
    long units,
    long truths,
    boolean open,
    List<Figure> figures,
    List<Line> lines) {
  public WindowFigures {
    figures = List.copyOf(figures);
    lines = List.copyOf(lines);
  }

  /**
   * One statistic.
   *
   * @param name as rules write it: {@code psi(risk, baseline(last 12h))}
   * @param function its first word
   * @param of what it is of: {@code risk}
   * @param against its baseline; empty where it has none
   * @param value corrected where it is a chance; empty where it has none
   * @param uncorrected of a chance, before it was corrected over the segments
   * @param low of its 95 % interval; empty where none is known
   * @param high of the same
   * @param limit that a line holds it against; empty where none does by itself
   * @param estimated from scores alone, as long as truths are missing
   * @param parts what it is made of, by kind: bins of a distribution, or of a calibration
   */
  public record Figure(
      String name,
      String function,
      String of,
      String against,
      OptionalDouble value,
      OptionalDouble uncorrected,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble limit,
      boolean estimated,
      List<Part> parts) {
    public Figure {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A bin. Of a distribution {@code before} and {@code now} are events; of a calibration {@code
   * now} are predictions and {@code before} those of them that came true.
   *
   * @param name of a category; empty for others and for numbers
   * @param upTo the last number that belongs to it; empty where there is none
   * @param mean of a calibration: the predictions' mean
   */
  public record Part(
      String name, OptionalDouble upTo, long before, long now, OptionalDouble mean) {}

  /**
   * What became of a line.
   *
   * @param name or its place among all
   * @param condition as rules write it
   * @param outcome what was judged
   * @param why it is undecided; else empty
   */
  public record Line(String name, String condition, Outcome outcome, String why) {}

  /** What a line came to. */
  public enum Outcome {
    HELD,
    VIOLATED,
    UNDECIDED
  }
}
