package io.assay.stability;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether a refresh may go on to what is built on it: measures, each with a bound. */
public record Gate(Map<Measure, Double> bounds) {
  /** What is bounded, and from which side. */
  public enum Measure {
    EIS(true, 1),
    NEIGHBOURS(false, 1),
    DISPLACEMENT(true, 2),
    PIP(true, Double.MAX_VALUE),
    OVERLAP(false, 1),
    COVERAGE(false, 1);

    private final boolean isAtMost;
    private final double most;

    Measure(boolean isAtMost, double most) {
      this.isAtMost = isAtMost;
      this.most = most;
    }

    /** Whether the bound is the most that may be; else the least. */
    public boolean isAtMost() {
      return isAtMost;
    }

    /** As it is written: {@code eis}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of a bound, or of all. */
  public enum Outcome {
    PASS,
    FAIL,
    UNDECIDED
  }

  /**
   * A measure as it was found.
   *
   * @param value empty where it is not defined
   * @param error how far rounding may have moved it
   * @param low where it may as well lie, 95 %; NaN where that is not known
   */
  public record Found(OptionalDouble value, double error, double low, double high) {
    public static Found of(double value) {
      return new Found(OptionalDouble.of(value), 0, Double.NaN, Double.NaN);
    }
  }

  /**
   * A bound and what was found.
   *
   * @param why it is undecided, or what should be known of a decision; empty where there is nothing
   */
  public record Line(
      Measure measure, double bound, Found found, Outcome outcome, Optional<String> why) {}

  public Gate {
    bounds = Map.copyOf(bounds);
    bounds.forEach(
        (measure, bound) -> {
          if (!(bound >= 0 && bound <= measure.most)) {
            String range = measure == Measure.PIP ? "or more" : "to %.0f".formatted(measure.most);
            throw new IllegalArgumentException(
                "a bound of %s needs to be 0 %s, got %s".formatted(measure.word(), range, bound));
          }
        });
  }

  /** Holds each bound against what was found, in the order of the measures. */
  public List<Line> lines(Map<Measure, Found> found) {
    List<Line> lines = new ArrayList<>();
    Map<Measure, Double> inOrder = new EnumMap<>(Measure.class);
    inOrder.putAll(bounds);
    inOrder.forEach(
        (measure, bound) -> {
          Found one = found.get(measure);
          lines.add(
              one == null || one.value().isEmpty()
                  ? undefined(measure, bound)
                  : line(measure, bound, one));
        });
    return lines;
  }

  private static Line undefined(Measure measure, double bound) {
    var nothing = new Found(OptionalDouble.empty(), 0, Double.NaN, Double.NaN);
    String why =
        measure == Measure.EIS
            ? "there are no more items than directions, where it is 0 whatever changed"
            : "it is not defined for these two";
    return new Line(measure, bound, nothing, Outcome.UNDECIDED, Optional.of(why));
  }

  private static Line line(Measure measure, double bound, Found found) {
    double value = found.value().orElseThrow();
    boolean passes = measure.isAtMost() ? value <= bound : value >= bound;
    if (Math.abs(value - bound) <= found.error() && found.error() > 0) {
      String why = String.format(Locale.ROOT, "rounding may have moved it by %.3g", found.error());
      return new Line(measure, bound, found, Outcome.UNDECIDED, Optional.of(why));
    }
    boolean isNear = found.low() <= bound && bound <= found.high();
    return new Line(
        measure,
        bound,
        found,
        passes ? Outcome.PASS : Outcome.FAIL,
        isNear
            ? Optional.of("with other items it may well lie on the other side")
            : Optional.empty());
  }

  /** Fails where any does, else is undecided where any is. */
  public static Outcome outcome(List<Line> lines) {
    boolean fails = lines.stream().anyMatch(line -> line.outcome() == Outcome.FAIL);
    boolean passes = lines.stream().allMatch(line -> line.outcome() == Outcome.PASS);
    return fails ? Outcome.FAIL : passes ? Outcome.PASS : Outcome.UNDECIDED;
  }
}
