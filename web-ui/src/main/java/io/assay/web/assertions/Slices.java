package io.assay.web.assertions;

import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.rates.Period;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.rates.SliceRates.Sliced;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where an assertion is violated more than elsewhere, by one property.
 *
 * @param by the property, as the ending of a key of {@code slices.by.}
 * @param name of the declared slice that the property is; empty where it is none
 */
record Slices(String by, String name, List<Slice> slices) {

  /**
   * A value of the property.
   *
   * @param lift its rate by the rate of all; 1 is as everywhere
   */
  record Slice(String value, Counted counted, double lift) {
    public String rate() {
      return Percent.of(counted.rate());
    }

    public String shownLift() {
      return String.format(Locale.ROOT, "%.2f", lift);
    }

    /** Of a bar, in percent, where one that is as everywhere has a third. */
    public String width() {
      return String.format(Locale.ROOT, "%.1f", Math.min(100, 100 * lift / 3));
    }
  }

  /** The highest lift first; slices in which nothing was judged are left out. */
  static Slices of(String by, Map<String, Counted> values) {
    return of(by, "", values);
  }

  /** By each declared slice, the lift against all that was judged by it. */
  static List<Slices> declared(List<Sliced> sliced) {
    Map<String, Map<String, Counted>> bySlice = new TreeMap<>();
    sliced.forEach(
        one ->
            bySlice
                .computeIfAbsent(one.slice(), slice -> new TreeMap<>())
                .merge(one.value(), one.counted(), Counted::plus));
    return bySlice.entrySet().stream()
        .map(slice -> of("slice", slice.getKey(), slice.getValue()))
        .toList();
  }

  private static Slices of(String by, String name, Map<String, Counted> values) {
    Counted all = values.values().stream().reduce(Counted.NONE, Counted::plus);
    double overall = all.rate().orElse(0);
    return new Slices(
        by,
        name,
        values.entrySet().stream()
            .filter(entry -> entry.getValue().judged() > 0)
            .map(
                entry ->
                    new Slice(
                        entry.getKey(),
                        entry.getValue(),
                        overall == 0 ? 1 : entry.getValue().rate().orElse(0) / overall))
            .sorted(Comparator.comparingDouble(Slice::lift).reversed())
            .toList());
  }

  static Map<String, Counted> grouped(List<Judged> judged, Function<Judged, String> by) {
    var groups = new TreeMap<String, Counted>();
    judged.forEach(one -> groups.merge(by.apply(one), one.counted(), Counted::plus));
    return groups;
  }

  /**
   * The version of the model that was the newest when a step ended; empty where none was seen until
   * then.
   */
  static Function<Judged, String> version(List<Version> versions, Period period) {
    return judged -> {
      Instant end = period.begin(judged.step() + 1);
      return versions.stream()
          .filter(one -> one.stream().equals(judged.stream()) && one.first().isBefore(end))
          .reduce((earlier, later) -> later)
          .map(Version::version)
          .orElse("");
    };
  }

  /** Whether it is of a declared slice. */
  boolean isOf(String slice) {
    return by.equals("slice") && name.equals(slice);
  }

  /** Whether it tells anything: one slice is as everywhere. */
  boolean isTelling() {
    return slices.size() > 1;
  }
}
