package io.assay.web.figures;

import io.assay.web.rates.RateQueries.Version;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a version of the model appeared among the windows of a track.
 *
 * @param step the first window that has events of it, by its place among the track's ends
 */
record VersionMark(String version, Moment at, int step) {
  /** Those of the track's stream that appeared within its windows, oldest first. */
  static List<VersionMark> of(Track track, List<Version> versions) {
    Instant begin = track.ends().getFirst().instant().minus(track.length());
    return versions.stream()
        .filter(one -> one.stream().equals(track.stream()) && !one.first().isBefore(begin))
        .flatMap(
            one ->
                IntStream.range(0, track.ends().size())
                    .filter(i -> track.ends().get(i).instant().isAfter(one.first()))
                    .limit(1)
                    .mapToObj(i -> new VersionMark(one.version(), new Moment(one.first()), i)))
        .toList();
  }
}
