package io.assay.web.stability;

import io.assay.stability.Gate;
import io.assay.stability.Gate.Measure;
import io.assay.web.system.Refused;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/**
 * What a gate is asked: bounds, of how many neighbours, and against which release.
 *
 * @param base empty for the one that was accepted before
 */
record GateQuery(Gate gate, int neighbours, Optional<String> base) {
  private static final Map<String, Measure> BOUNDS =
      Map.of(
          "maxEis", Measure.EIS,
          "minNeighbours", Measure.NEIGHBOURS,
          "maxDisplacement", Measure.DISPLACEMENT,
          "maxPip", Measure.PIP,
          "minOverlap", Measure.OVERLAP,
          "minCoverage", Measure.COVERAGE);

  private static final String NEIGHBOURS = "neighbours";
  private static final String BASE = "base";
  private static final int USUAL_NEIGHBOURS = 5;

  /**
   * @throws Refused of a name that is not known, or a value that is no number
   */
  static GateQuery of(Map<String, List<String>> parameters) {
    Map<Measure, Double> bounds = new EnumMap<>(Measure.class);
    int neighbours = USUAL_NEIGHBOURS;
    Optional<String> base = Optional.empty();
    for (Map.Entry<String, List<String>> one : parameters.entrySet()) {
      String name = one.getKey();
      if (one.getValue().size() != 1) {
        throw bad("%s is needed once, came %d times".formatted(name, one.getValue().size()));
      }
      String value = one.getValue().getFirst();
      Measure measure = BOUNDS.get(name);
      if (measure != null) {
        bounds.put(measure, number(name, value));
      } else if (name.equals(NEIGHBOURS)) {
        neighbours = whole(name, value);
      } else if (name.equals(BASE)) {
        base = Optional.of(value);
      } else {
        throw bad("unknown parameter %s; known are %s".formatted(name, known()));
      }
    }
    try {
      return new GateQuery(new Gate(bounds), neighbours, base);
    } catch (IllegalArgumentException outOfRange) {
      throw bad(String.valueOf(outOfRange.getMessage()));
    }
  }

  private static String known() {
    return Stream.concat(BOUNDS.keySet().stream(), Stream.of(NEIGHBOURS, BASE))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Whether anything but the rules decides. */
  boolean hasBounds() {
    return !gate.bounds().isEmpty();
  }

  private static int whole(String name, String value) {
    double number = number(name, value);
    if (number != Math.rint(number) || number < 1 || number > 1_000_000) {
      throw bad("%s needs a whole number from 1 on, got %s".formatted(name, value));
    }
    return (int) number;
  }

  private static double number(String name, String value) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && number < 1e300) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Told below, as numbers out of range are.
    }
    throw bad("%s needs a number from 0 on, got %s".formatted(name, value));
  }

  private static Refused bad(String why) {
    return new Refused(HttpStatus.BAD_REQUEST, why);
  }
}
