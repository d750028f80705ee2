package io.assay.stream.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Figures of one name, told apart by labels, as Prometheus has them: base units, and {@code _total}
 * behind what only counts.
 *
 * @param name as it is scraped; of a summary without {@code _sum} and {@code _count}
 * @param unit of the value, such as {@code seconds}; empty for plain numbers and yes or no
 * @param help what it is, in one sentence without its full stop
 * @param labels their values are few: streams, assertions, partitions, states; never a key
 */
public record Family(String name, Kind kind, String unit, String help, List<String> labels) {
  private static final Pattern NAME = Pattern.compile("assay(_[a-z]+)+");

  /** What may be done with the values. */
  public enum Kind {
    /** Only grows, and begins at 0 with the process. */
    COUNTER,
    GAUGE,
    /** How many there were, and their sum. */
    SUMMARY;

    /** As Prometheus writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Family {
    labels = List.copyOf(labels);
    if (!NAME.matcher(name).matches() || (kind == Kind.COUNTER) != name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "a family needs a name such as assay_stream_events_total, with _total for counters alone,"
              + " got %s of a %s".formatted(name, kind.word()));
    }
    if (!unit.isEmpty() && !name.replaceFirst("_total$", "").endsWith('_' + unit)) {
      throw new IllegalArgumentException("%s needs its unit %s in its name".formatted(name, unit));
    }
    if (new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException("%s has a label twice: %s".formatted(name, labels));
    }
  }

  /** Something that only grows, without a unit. */
  public static Family counter(String name, String help, String... labels) {
    return new Family(name, Kind.COUNTER, "", help, List.of(labels));
  }

  /** Something that goes up and down, without a unit. */
  public static Family gauge(String name, String help, String... labels) {
    return new Family(name, Kind.GAUGE, "", help, List.of(labels));
  }

  /** Durations. */
  public static Family seconds(String name, String help, String... labels) {
    return new Family(name, Kind.SUMMARY, "seconds", help, List.of(labels));
  }

  /** The same in a unit, such as {@code records}. */
  public Family in(String other) {
    return new Family(name, kind, other, help, labels);
  }
}
