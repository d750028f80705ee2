package io.assay.web.overview;

import io.assay.web.overview.OverviewQueries.Labels;
import io.assay.web.overview.OverviewQueries.Release;
import io.assay.web.overview.OverviewQueries.Seen;
import io.assay.web.rates.Bars;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model's output at a glance.
 *
 * @param model whose output the stream is, as declared; empty where none is
 * @param events of the period
 * @param perSecond of the last whole minute
 * @param newest the minute of the newest event; empty where none came in the period
 * @param behind how long ago that is; empty while it is of now
 * @param now what was judged in the period, of all assertions
 * @param before in the stretch that it is held against
 * @param bars violations over time
 * @param marks versions of the model that appeared
 * @param alerts that fire, of its assertions
 * @param labels of the open round; empty where there is none
 * @param releases the newest of each of the embeddings that the model reads
 */
record StreamCard(
    String model,
    String stream,
    long events,
    double perSecond,
    Optional<Moment> newest,
    String behind,
    Counted now,
    Counted before,
    Bars bars,
    List<Mark> marks,
    long alerts,
    Optional<Labels> labels,
    List<Release> releases) {

  /** Where on the drawing a version of the model appeared. */
  record Mark(String version, Moment at, String x) {
    static Mark of(String version, Instant at, Instant start, Duration length) {
      double share = (double) Duration.between(start, at).toMillis() / length.toMillis();
      return new Mark(
          version, new Moment(at), String.format(Locale.ROOT, "%.1f", share * Bars.WIDTH));
    }
  }

  public String shownPerSecond() {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%.0f", perSecond);
  }

  /** Empty where nothing was judged. */
  public String rate() {
    return Percent.of(now.rate());
  }

  /** Empty where nothing was judged then. */
  public String rateBefore() {
    return Percent.of(before.rate());
  }

  /** How much more is violated than before: {@code +0.8} points; empty where it is not known. */
  public String change() {
    if (now.rate().isEmpty() || before.rate().isEmpty()) {
      return "";
    }
    double points = 100 * (now.rate().getAsDouble() - before.rate().getAsDouble());
    return String.format(Locale.ROOT, Math.abs(points) < 0.095 ? "%+.2f" : "%+.1f", points);
  }

  public boolean isWorse() {
    return !change().isEmpty() && now.rate().getAsDouble() > 1.2 * before.rate().getAsDouble();
  }

  /**
   * How fast events come, of the last whole minute; of a stream that has just begun, of this one.
   */
  static double perSecond(List<Seen> recent, Instant now) {
    if (recent.isEmpty()) {
      return 0;
    }
    Instant newest = recent.getLast().minute();
    Instant thisMinute = now.truncatedTo(ChronoUnit.MINUTES);
    Instant whole = newest.isBefore(thisMinute) ? newest : thisMinute.minusSeconds(60);
    if (newest.isBefore(thisMinute.minusSeconds(60))) {
      return 0;
    }
    long inWhole =
        recent.stream().filter(s -> s.minute().equals(whole)).mapToLong(Seen::events).sum();
    if (inWhole > 0) {
      return inWhole / 60.0;
    }
    long seconds = Math.max(1, Duration.between(thisMinute, now).toSeconds());
    return (double) recent.getLast().events() / seconds;
  }

  /** How long ago a minute was: {@code 3 min}; empty for this one and the one before. */
  static String behind(Instant minute, Instant now) {
    Duration ago = Duration.between(minute, now);
    if (ago.toMinutes() < 2) {
      return "";
    }
    if (ago.toHours() < 1) {
      return ago.toMinutes() + " min";
    }
    return ago.toDays() < 2 ? ago.toHours() + " h" : ago.toDays() + " d";
  }
}
