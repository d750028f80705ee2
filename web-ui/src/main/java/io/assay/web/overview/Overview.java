package io.assay.web.overview;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.web.overview.OverviewQueries.Fired;
import io.assay.web.overview.OverviewQueries.Judged;
import io.assay.web.overview.OverviewQueries.PutAside;
import io.assay.web.overview.OverviewQueries.Seen;
import io.assay.web.system.Moment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A project over a period.
 *
 * @param empty whether nothing has ever been judged
 */
record Overview(
    boolean empty,
    Moment start,
    Moment end,
    boolean live,
    long violations,
    long events,
    double eventsPerSecond,
    long judged,
    long undecided,
    List<PutAside> late,
    List<PutAside> deadLetters,
    Bars all,
    List<Line> lines,
    List<StreamLine> streams) {

  /** Looks a project's sums up. */
  static Overview of(OverviewQueries queries, String project, Range range, Clock clock) {
    Instant now = clock.instant();
    Optional<Instant> newest = queries.newest(project);
    Period period = Period.of(range, now, newest.orElse(now));
    List<Fired> fired = queries.fired(project, period);
    List<Judged> judged = queries.judged(project, period);
    List<StreamLine> streams = streams(queries.seen(project, period), now);
    // Put aside is counted when it happens, not in event time.
    var since = now.minus(range.length()).atOffset(ZoneOffset.UTC);
    return new Overview(
        newest.isEmpty(),
        new Moment(period.start()),
        new Moment(period.end()),
        period.live(),
        fired.stream().mapToLong(Fired::violations).sum(),
        streams.stream().mapToLong(StreamLine::events).sum(),
        streams.stream().mapToDouble(StreamLine::perSecond).sum(),
        judged.stream().mapToLong(Judged::judged).sum(),
        judged.stream().mapToLong(Judged::undecided).sum(),
        queries.late(project, since),
        queries.deadLetters(project, since),
        bars(fired, period),
        lines(fired, judged, period),
        streams);
  }

  public long lateEvents() {
    return late.stream().mapToLong(PutAside::events).sum();
  }

  public long deadEvents() {
    return deadLetters.stream().mapToLong(PutAside::events).sum();
  }

  /** Of all that was to be judged, how much could not be. */
  public String undecidedShare() {
    return share(undecided, judged + undecided);
  }

  public String shownPerSecond() {
    return String.format(Locale.ROOT, eventsPerSecond < 10 ? "%.1f" : "%.0f", eventsPerSecond);
  }

  private static List<Line> lines(List<Fired> fired, List<Judged> judged, Period period) {
    var byName = new TreeMap<String, List<Fired>>();
    judged.forEach(line -> byName.put(line.assertion(), new ArrayList<>()));
    fired.forEach(
        one -> byName.computeIfAbsent(one.assertion(), unknown -> new ArrayList<>()).add(one));
    var lines = new ArrayList<Line>();
    byName.forEach(
        (name, own) ->
            lines.add(
                Line.of(
                    name,
                    own,
                    judged.stream().filter(line -> line.assertion().equals(name)).toList(),
                    bars(own, period))));
    lines.sort(
        Comparator.comparingLong(Line::violations).reversed().thenComparing(Line::assertion));
    return List.copyOf(lines);
  }

  private static Bars bars(List<Fired> fired, Period period) {
    long[] counts = new long[period.range().steps()];
    for (Fired one : fired) {
      int step = period.step(one.minute());
      if (step >= 0) {
        counts[step] += one.violations();
      }
    }
    return Bars.of(counts);
  }

  private static List<StreamLine> streams(List<Seen> seen, Instant now) {
    var byName = new TreeMap<String, List<Seen>>();
    seen.forEach(
        one -> byName.computeIfAbsent(one.stream(), unknown -> new ArrayList<>()).add(one));
    return byName.entrySet().stream()
        .map(entry -> StreamLine.of(entry.getKey(), entry.getValue(), now))
        .toList();
  }

  private static String share(long part, long whole) {
    if (whole == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f %%" : "%.1f %%", percent);
  }

  /**
   * One assertion.
   *
   * @param rate violated of judged, in the unit of the assertion's kind; empty while nothing was
   *     judged
   */
  record Line(
      String assertion,
      String stream,
      Level level,
      Mode mode,
      long violations,
      Bars bars,
      long judged,
      Optional<String> rate,
      long undecided,
      String worst,
      Optional<Moment> last) {

    static Line of(String name, List<Fired> fired, List<Judged> counts, Bars bars) {
      long judged = counts.stream().mapToLong(Judged::judged).sum();
      long violated = counts.stream().mapToLong(Judged::violated).sum();
      Optional<Fired> last = fired.isEmpty() ? Optional.empty() : Optional.of(fired.getLast());
      return new Line(
          name,
          last.map(Fired::stream)
              .or(() -> counts.stream().findFirst().map(Judged::stream))
              .orElse(""),
          last.map(Fired::level).orElse(Level.INFO),
          last.map(Fired::mode).orElse(Mode.ACTIVE),
          fired.stream().mapToLong(Fired::violations).sum(),
          bars,
          judged,
          judged == 0 ? Optional.empty() : Optional.of(share(violated, judged)),
          counts.stream().mapToLong(Judged::undecided).sum(),
          fired.isEmpty()
              ? ""
              : String.format(
                  Locale.ROOT, "%.2f", fired.stream().mapToDouble(Fired::worst).max().orElse(0)),
          last.map(Fired::minute).map(Moment::new));
    }
  }

  /** One stream: how many events, and how fast they come now. */
  record StreamLine(String stream, long events, double perSecond, Moment last) {
    static StreamLine of(String name, List<Seen> seen, Instant now) {
      Instant newest = seen.getLast().minute();
      long events = seen.stream().mapToLong(Seen::events).sum();
      Instant thisMinute = now.truncatedTo(ChronoUnit.MINUTES);
      // The last whole minute; of a stream that has just begun, what there is of this one.
      Instant whole = newest.isBefore(thisMinute) ? newest : thisMinute.minusSeconds(60);
      long inWhole =
          seen.stream().filter(s -> s.minute().equals(whole)).mapToLong(Seen::events).sum();
      boolean stopped = newest.isBefore(thisMinute.minusSeconds(60));
      double perSecond = stopped ? 0 : inWhole / 60.0;
      if (!stopped && inWhole == 0) {
        long seconds = Math.max(1, Duration.between(thisMinute, now).toSeconds());
        perSecond = (double) seen.getLast().events() / seconds;
      }
      return new StreamLine(name, events, perSecond, new Moment(newest));
    }

    public String shownPerSecond() {
      return String.format(Locale.ROOT, "%.1f", perSecond);
    }
  }
}
