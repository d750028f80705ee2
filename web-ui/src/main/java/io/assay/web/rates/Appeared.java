package io.assay.web.rates;

import io.assay.web.rates.RateQueries.Version;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a version of a model was first seen among the steps of a chart.
 *
 * @param stream whose events name it
 * @param step in which it appeared, from 0
 * @param place where that was, in steps from the first: of steps that are moments, 1.5 is half way
 *     from the second to the third
 */
public record Appeared(String stream, String version, Moment at, int step, double place) {
  /**
   * Those that appeared behind the first of some moments, and no later than the last: each in the
   * step of the first moment at which it was there.
   *
   * @param steps from the earliest to the latest
   */
  public static List<Appeared> among(List<Instant> steps, List<Version> versions) {
    return versions.stream().flatMap(one -> among(steps, one)).toList();
  }

  private static Stream<Appeared> among(List<Instant> steps, Version one) {
    return IntStream.range(1, steps.size())
        .filter(i -> steps.get(i - 1).isBefore(one.first()) && !steps.get(i).isBefore(one.first()))
        .limit(1)
        .mapToObj(
            i -> {
              double whole = Duration.between(steps.get(i - 1), steps.get(i)).toMillis();
              double part = Duration.between(steps.get(i - 1), one.first()).toMillis();
              return new Appeared(
                  one.stream(),
                  one.version(),
                  new Moment(one.first()),
                  i,
                  i - 1 + (whole > 0 ? part / whole : 1));
            });
  }

  /** Of some streams, those that appeared in a period. */
  public static List<Appeared> in(
      Period period, Collection<String> streams, List<Version> versions) {
    return versions.stream()
        .filter(one -> streams.contains(one.stream()) && period.step(one.first()) >= 0)
        .map(
            one -> {
              int step = period.step(one.first());
              return new Appeared(one.stream(), one.version(), new Moment(one.first()), step, step);
            })
        .toList();
  }
}
