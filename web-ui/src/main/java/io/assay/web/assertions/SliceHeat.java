package io.assay.web.assertions;

import io.assay.web.rates.Appeared;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.rates.SliceRates.Sliced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rates of one assertion by time, and by what its verdicts are of. */
final class SliceHeat {
  private SliceHeat() {}

  /** An {@code expect} that has a verdict of its own, or a stream. */
  static String ownSlice(Judged judged) {
    return judged.expectation().isEmpty() ? judged.stream() : judged.expectation();
  }

  /**
   * A row each {@code expect} or stream, and each value of a declared slice in which anything was
   * judged; nothing where there are neither.
   *
   * @param models versions that appeared, of the assertion's streams
   */
  static Optional<HeatMap> of(
      List<Judged> judged, List<Sliced> sliced, List<Version> models, Period period) {
    Map<String, Counted[]> own = new TreeMap<>();
    judged.forEach(one -> add(own, ownSlice(one), one.step(), one.counted(), period));
    Map<String, Counted[]> declared = new LinkedHashMap<>();
    sliced.forEach(one -> add(declared, one.name(), one.step(), one.counted(), period));
    List<HeatMap.Row> rows = new ArrayList<>();
    own.forEach((name, steps) -> add(rows, name, steps));
    declared.forEach((name, steps) -> add(rows, name, steps));
    List<String> streams = models.stream().map(Version::stream).toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HeatMap(HeatMap.times(period), rows, Appeared.in(period, streams, models)));
  }

  private static void add(
      Map<String, Counted[]> rows, String name, int step, Counted counted, Period period) {
    Counted[] steps = rows.computeIfAbsent(name, unknown -> none(period));
    if (step >= 0) {
      steps[step] = steps[step].plus(counted);
    }
  }

  private static Counted[] none(Period period) {
    var steps = new Counted[period.range().steps()];
    Arrays.fill(steps, Counted.NONE);
    return steps;
  }

  private static void add(List<HeatMap.Row> rows, String name, Counted[] steps) {
    if (Arrays.stream(steps).anyMatch(step -> step.judged() > 0)) {
      rows.add(new HeatMap.Row(name, Arrays.stream(steps).map(HeatMap.Cell::of).toList()));
    }
  }
}
