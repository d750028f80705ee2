package io.assay.web.backtests;

import io.assay.assertion.weaklabel.Reviews;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an assertion with several thresholds. It names no key and no value of an event.
 *
 * @param events that were judged
 * @param unreadable records that are no event
 * @param knownRight violations that any of the thresholds finds and of which people said that they
 *     are errors; {@code knownWrong}: that they are none
 * @param notFound violations of the range that people looked at and no threshold finds: the events
 *     are gone, or the rule was another then
 * @param all whether all outcomes were counted: of very many only the first are
 * @param sources where the events came from
 */
public record SweepResult(
    long events,
    long unreadable,
    List<Point> points,
    long knownRight,
    long knownWrong,
    long notFound,
    boolean all,
    List<BacktestResult.Source> sources) {
  public SweepResult {
    points = List.copyOf(points);
    sources = List.copyOf(sources);
  }

  /**
   * One threshold.
   *
   * @param active whether it is that of the rules that were judged
   * @param episodes that the violations opened
   * @param notices what people would have been told of this assertion; {@code pages}: those that
   *     say that it fires
   * @param noticesPerDay null for less than a day
   * @param right of its violations, those that people called errors; {@code wrong}: no errors;
   *     {@code unclear}: they could not tell
   * @param error why it stopped judging, if it failed in itself
   */
  public record Point(
      BigDecimal threshold,
      boolean active,
      long violations,
      long episodes,
      long judged,
      long undecided,
      long notices,
      long pages,
      @Nullable Double noticesPerDay,
      @Nullable Double pagesPerDay,
      long right,
      long wrong,
      long unclear,
      @Nullable String error) {
    /** What people found of its violations. */
    public Reviews reviews() {
      return new Reviews(right, wrong, unclear);
    }
  }

  /** Of what is known to be right, what a threshold finds and what it misses. */
  public Reviews found(Point point) {
    return new Reviews(point.right(), Math.max(0, knownRight - point.right()), 0);
  }

  /** Of the active threshold. */
  long activeViolations() {
    return points.stream().filter(Point::active).mapToLong(Point::violations).sum();
  }
}
