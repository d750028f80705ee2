package io.assay.web.storage;

import io.assay.web.storage.StorageSample.Kind;
import io.assay.web.storage.StorageSample.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** What takes how much room, how fast that grows, and how long what is left will do. */
@Component
public class StorageReport {
  /** Small things together. */
  public static final String OTHERS = "(others)";

  /** As far back as a pace is taken from. */
  private static final Duration BACK = Duration.ofDays(7);

  private final StorageHistory history;
  private final Clock clock;

  StorageReport(StorageHistory history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  /**
   * A table or topics.
   *
   * @param name of a table or topic; {@link #OTHERS}, or another word in brackets, for many
   */
  public record Part(Store store, String name, long bytes, Growth growth) {}

  /**
   * A place where files are.
   *
   * @param place a folder, behind a broker's number and a colon; empty where it cannot be seen
   * @param bytes of the store
   * @param growth of that
   */
  public record Volume(
      Store store,
      String place,
      long bytes,
      OptionalLong free,
      OptionalLong total,
      Growth growth,
      DiskForecast forecast) {}

  /**
   * All that is known.
   *
   * @param volumes by store
   * @param parts by store, the largest first
   */
  public record Report(List<Volume> volumes, List<Part> parts) {}

  public Report now() {
    Instant now = clock.instant();
    return of(history.since(now.minus(BACK)), now);
  }

  /** Those of a name, as it was sampled last. */
  static Report of(List<StorageSample> samples, Instant now) {
    record Name(Store store, Kind kind, String name) {}
    Map<Name, List<StorageSample>> series = new LinkedHashMap<>();
    Map<Store, Instant> newest = new LinkedHashMap<>();
    for (StorageSample sample : samples) {
      series
          .computeIfAbsent(
              new Name(sample.store(), sample.kind(), sample.name()), name -> new ArrayList<>())
          .add(sample);
      newest.merge(sample.store(), sample.at(), (a, b) -> a.isAfter(b) ? a : b);
    }
    // What is not in the newest sample of its store is there no more.
    series.values().removeIf(own -> !own.getLast().at().equals(newest.get(own.getLast().store())));
    List<Volume> volumes = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (List<StorageSample> own : series.values()) {
      StorageSample last = own.getLast();
      switch (last.kind()) {
        case VOLUME -> volumes.add(volume(own, now));
        case PART ->
            parts.add(new Part(last.store(), last.name(), last.bytes(), Growth.of(sizes(own))));
      }
    }
    volumes.sort(Comparator.comparing(Volume::store).thenComparing(Volume::place));
    parts.sort(
        Comparator.comparing(Part::store)
            .thenComparing(Comparator.comparingLong(Part::bytes).reversed()));
    return new Report(volumes, parts);
  }

  private static Volume volume(List<StorageSample> own, Instant now) {
    StorageSample last = own.getLast();
    Growth ofFree =
        Growth.of(
            thinned(own).stream()
                .filter(sample -> sample.free().isPresent())
                .map(sample -> new Growth.Point(sample.at(), sample.free().getAsLong()))
                .toList());
    return new Volume(
        last.store(),
        last.name(),
        last.bytes(),
        last.free(),
        last.total(),
        Growth.of(sizes(own)),
        DiskForecast.of(now, last.free(), ofFree));
  }

  private static List<Growth.Point> sizes(List<StorageSample> own) {
    return thinned(own).stream()
        .map(sample -> new Growth.Point(sample.at(), sample.bytes()))
        .toList();
  }

  /** A few hundred at most: the pairs of all of them are looked at. */
  private static List<StorageSample> thinned(List<StorageSample> own) {
    int each = Math.max(1, own.size() / 150);
    List<StorageSample> some = new ArrayList<>();
    for (int i = own.size() - 1; i >= 0; i -= each) {
      some.add(own.get(i));
    }
    return some;
  }
}
