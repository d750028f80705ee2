package io.assay.assertion.alert;

import io.assay.assertion.alert.AlertCause.Whole;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures what alerts wait for. */
public final class AlertReadings {
  private AlertReadings() {}

  /**
   * The share of the violated. Several lines {@code expect} are several verdicts: the worst counts.
   *
   * @param lines counts of the trailing stretch, by line; {@code ""} for what has one verdict, and
   *     for what is seen and passed
   * @return nothing where nothing was judged
   */
  public static Optional<AlertReading> rate(AlertCause.Rate cause, Map<String, AlertCounts> lines) {
    AlertCounts all = lines.getOrDefault("", AlertCounts.NONE);
    Optional<Share> worst =
        lines.entrySet().stream()
            .filter(line -> counts(cause.of(), line.getKey()))
            .map(
                line ->
                    new Share(
                        line.getKey(),
                        line.getValue().violated(),
                        whole(cause, line.getValue(), all)))
            .filter(share -> share.of() > 0)
            .max(Comparator.comparingDouble(Share::value));
    return worst.map(
        share ->
            new AlertReading(
                cause.orEqual() ? share.value() >= cause.limit() : share.value() > cause.limit(),
                "%s per %s: %s of %s in %s%s"
                    .formatted(
                        Shown.percent(share.value()),
                        cause.per().name().toLowerCase(Locale.ROOT),
                        Shown.number(share.part()),
                        Shown.number(share.of()),
                        Shown.time(cause.over()),
                        share.line().isEmpty() ? "" : ", by '" + share.line() + "'"),
                "%s %s"
                    .formatted(
                        cause.orEqual() ? "less than" : "at most", Shown.percent(cause.limit()))));
  }

  private static boolean counts(Whole of, String line) {
    return switch (of) {
      case JUDGED, SEEN, PASSED -> true;
      case MATCHED -> line.isEmpty();
      case PAIRED -> !line.isEmpty();
    };
  }

  private static long whole(AlertCause.Rate cause, AlertCounts line, AlertCounts all) {
    return switch (cause.of()) {
      case JUDGED, MATCHED, PAIRED -> line.judged();
      case SEEN -> all.seen();
      case PASSED -> all.passed();
    };
  }

  private record Share(String line, long part, long of) {
    double value() {
      return (double) part / of;
    }
  }

  /** The share of the undecided, of all lines together; nothing where there was no unit. */
  public static Optional<AlertReading> undecided(
      AlertCause.Undecided cause, Map<String, AlertCounts> lines) {
    AlertCounts sum = lines.values().stream().reduce(AlertCounts.NONE, AlertCounts::plus);
    long units = sum.judged() + sum.undecided();
    if (units == 0) {
      return Optional.empty();
    }
    double share = (double) sum.undecided() / units;
    return Optional.of(
        new AlertReading(
            share > cause.limit(),
            "%s undecided: %s of %s in %s"
                .formatted(
                    Shown.percent(share),
                    Shown.number(sum.undecided()),
                    Shown.number(units),
                    Shown.time(cause.over())),
            "at most " + Shown.percent(cause.limit())));
  }

  /**
   * How many windows were violated in a row, up to the newest. A window counts as violated when one
   * of its segments or lines is; one of which all is undecided neither counts nor ends the row.
   * Where several windows end in a minute, their order within it is not known: a minute in which
   * not all were violated ends the row.
   *
   * @param minutes those in which windows ended, newest first
   * @return nothing where no window has been judged
   */
  public static Optional<AlertReading> breached(
      AlertCause.Breached cause, List<AlertCounts> minutes) {
    long row = 0;
    boolean any = false;
    for (AlertCounts minute : minutes) {
      if (minute.judged() == 0) {
        continue;
      }
      any = true;
      boolean violated =
          cause.onePerMinute() ? minute.violated() > 0 : minute.violated() == minute.judged();
      if (!violated || row >= cause.windows()) {
        break;
      }
      row += cause.onePerMinute() ? 1 : minute.judged();
    }
    return any
        ? Optional.of(
            new AlertReading(
                row >= cause.windows(),
                row == 1 ? "violated" : "violated %s times in a row".formatted(Shown.number(row)),
                cause.windows() == 1
                    ? "not violated"
                    : "less than %s times in a row".formatted(Shown.number(cause.windows()))))
        : Optional.empty();
  }

  /**
   * Whether an episode is open still, and has been for so long. A silence is as long as nothing
   * comes of its stream; where it is known of its key, {@link #silent} measures it.
   */
  public static AlertReading open(AlertCause.Open cause, OpenEpisode episode, StreamClock clock) {
    Instant closes = episode.last().plus(cause.quiet());
    Duration since = Duration.between(episode.opened(), clock.reached());
    boolean holds =
        switch (cause.until()) {
          case QUIET -> clock.reached().isBefore(closes);
          case KEY_SPEAKS, STREAM_SPEAKS ->
              !clock.newest().isAfter(episode.last())
                  && clock.still().compareTo(cause.lasting()) >= 0;
        };
    return open(cause, since, holds);
  }

  /** Of a key that is silent now, and has been for so long beyond what is allowed. */
  public static AlertReading silent(AlertCause.Open cause, Duration since) {
    return open(cause, since, true);
  }

  private static AlertReading open(AlertCause.Open cause, Duration since, boolean isOpen) {
    return new AlertReading(
        isOpen && since.compareTo(cause.lasting()) >= 0,
        "open for " + Shown.time(since.isNegative() ? Duration.ZERO : since),
        "less than " + Shown.time(cause.lasting()));
  }
}
