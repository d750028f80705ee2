package io.assay.web.assertions;

import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.assertions.Comparison.Measured;
import io.assay.web.assertions.SeenViolations.Seen;
import io.assay.web.assertions.ThresholdCurve.Point;
import io.assay.web.assertions.ThresholdCurve.Reviewed;
import io.assay.web.rates.Percent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Other thresholds of an assertion, as a page shows them.
 *
 * @param comparison that the violations were found by
 * @param others further comparisons by which violations were found: other lines, or as the rule was
 * @param read violations that were found by this one, of those that were read
 * @param lines a threshold each, the present one first
 * @param chosen the one that was asked for
 * @param unknown whether the one that was asked for flags more than the present one
 * @param most where a slider ends: nothing remains beyond
 */
record Thresholds(
    Comparison comparison,
    List<String> others,
    long read,
    List<Line> lines,
    Optional<Line> chosen,
    boolean unknown,
    double most) {

  /**
   * One threshold.
   *
   * @param threshold as an address has it
   */
  record Line(
      double threshold, String shown, long remaining, String share, Reviews reviews, double width) {
    static Line of(Comparison comparison, Point point) {
      return new Line(
          point.threshold(),
          comparison.shown(point.threshold()),
          point.remaining(),
          Percent.of(point.share()),
          point.reviews(),
          100 * point.share());
    }

    /** How often what remains is an error; empty where nobody has looked. */
    public String precision() {
      return reviews.counted() == 0 ? "" : whole(reviews.posterior().mean()) + " %";
    }

    /** Between which bounds it lies with probability 0.9. */
    public String interval() {
      return reviews
          .interval()
          .map(one -> whole(one.low()) + " – " + whole(one.high()) + " %")
          .orElse("");
    }

    private static String whole(double share) {
      return String.format(Locale.ROOT, "%.0f", 100 * share);
    }
  }

  /**
   * Nothing where no violation was found by a comparison with a threshold.
   *
   * @param condition of which comparison; of the newest violation's where there is no such
   */
  static Optional<Thresholds> of(
      List<Seen> newest, List<Seen> reviewed, String condition, OptionalDouble asked) {
    // In order: that of the newest violation is the rule's as it is, or was last.
    Map<Comparison, List<Double>> values =
        newest.stream()
            .flatMap(seen -> Comparison.of(seen.values()).stream())
            .collect(
                Collectors.groupingBy(
                    Measured::comparison,
                    LinkedHashMap::new,
                    Collectors.mapping(Measured::value, Collectors.toList())));
    List<Map.Entry<Comparison, List<Double>>> all = List.copyOf(values.entrySet());
    List<Comparison> comparisons = List.copyOf(values.keySet());
    return all.stream()
        .filter(one -> one.getKey().condition().equals(condition))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(
            one ->
                of(
                    ThresholdCurve.of(
                        one.getKey(), one.getValue(), reviewedBy(one.getKey(), reviewed)),
                    comparisons,
                    asked));
  }

  private static List<Reviewed> reviewedBy(Comparison comparison, List<Seen> reviewed) {
    List<Reviewed> found = new ArrayList<>();
    for (Seen seen : reviewed) {
      Comparison.of(seen.values())
          .filter(one -> one.comparison().equals(comparison))
          .ifPresent(
              one -> seen.finding().ifPresent(said -> found.add(new Reviewed(one.value(), said))));
    }
    return found;
  }

  private static Thresholds of(ThresholdCurve curve, List<Comparison> all, OptionalDouble asked) {
    Comparison comparison = curve.comparison();
    Function<Point, Line> line = point -> Line.of(comparison, point);
    boolean known = asked.isPresent() && curve.knows(asked.getAsDouble());
    return new Thresholds(
        comparison,
        all.stream().filter(one -> !one.equals(comparison)).map(Comparison::condition).toList(),
        curve.violations(),
        curve.points().stream().map(line).toList(),
        known ? Optional.of(line.apply(curve.at(asked.getAsDouble()))) : Optional.empty(),
        asked.isPresent() && !known,
        curve.furthest().orElse(comparison.threshold()));
  }

  /** Where a slider begins and ends, the smaller first. */
  public double low() {
    return Math.min(comparison.threshold(), most);
  }

  public double high() {
    return Math.max(comparison.threshold(), most);
  }

  /** Of a slider: about a hundred between its ends, and a round number. */
  public String step() {
    double hundredth = (high() - low()) / 100;
    return hundredth > 0 ? Double.toString(Math.pow(10, Math.floor(Math.log10(hundredth)))) : "any";
  }

  /** Where a slider stands. */
  public double stands() {
    return chosen.map(Line::threshold).orElse(comparison.threshold());
  }

  public String present() {
    return comparison.shown(comparison.threshold());
  }
}
