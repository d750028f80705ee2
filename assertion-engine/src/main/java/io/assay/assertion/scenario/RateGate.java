package io.assay.assertion.scenario;

import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a new model may follow an old one: the rates of the same assertions over the recordings
 * of both.
 *
 * <p>Limits are relative: with 5 % a rate of 4 % may become 4.2 %. The comparison itself is exact,
 * in whole counts; what is printed is rounded. Nothing judged is never a pass.
 *
 * <p>Where a unit may be violated more than once, the same limit holds of the frequency: once every
 * life flickers, its rate cannot rise.
 *
 * @param limits how much each rate may rise, by the name of its assertion; 0.05 is 5 %
 * @param fromZero what a rate may become that was 0, of which no share is more than nothing
 * @param leastJudged the fewest judged units on either side that a rate is believed of
 * @param mostUndecided the largest share of undecided units on either side
 */
public record RateGate(
    Map<String, BigDecimal> limits,
    BigDecimal fromZero,
    long leastJudged,
    BigDecimal mostUndecided) {
  public RateGate {
    limits = Map.copyOf(limits);
  }

  /**
   * What became of one assertion.
   *
   * @param rise relative: 0.5 where the rate is half as much again; none where it was 0 or unknown
   * @param more the rise of the frequency; none too where the rate tells as much
   * @param difference none where one side judged nothing
   * @param failures why it does not pass; none if it does
   */
  public record Checked(
      String assertion,
      BigDecimal limit,
      AssertionResult before,
      AssertionResult after,
      OptionalDouble rise,
      OptionalDouble more,
      Optional<RateDifference> difference,
      List<String> failures) {
    public Checked {
      failures = List.copyOf(failures);
    }

    public boolean passes() {
      return failures.isEmpty();
    }
  }

  /** The assertions that have limits, in order of declaration. */
  public List<Checked> check(BacktestReport before, BacktestReport after) {
    return after.assertions().stream()
        .filter(result -> limits.containsKey(result.name()))
        .map(result -> check(before.find(result.name()).orElseThrow(), result))
        .toList();
  }

  private Checked check(AssertionResult before, AssertionResult after) {
    BigDecimal limit = limits.getOrDefault(after.name(), BigDecimal.ZERO);
    List<String> failures = new ArrayList<>();
    believe("before", before, failures);
    believe("after", after, failures);
    Rate old = before.rate();
    Rate now = after.rate();
    boolean comparable = old.judged() > 0 && now.judged() > 0;
    if (comparable) {
      compare(old, now, limit, failures);
      compareFrequencies(before, after, limit, failures);
    }
    return new Checked(
        after.name(),
        limit,
        before,
        after,
        comparable ? rise(old.value(), now.value()) : OptionalDouble.empty(),
        comparable ? rise(frequency(before), frequency(after)) : OptionalDouble.empty(),
        comparable ? Optional.of(RateDifference.of(old, now)) : Optional.empty(),
        failures);
  }

  /** Whether a side has seen enough. */
  private void believe(String side, AssertionResult result, List<String> failures) {
    Rate rate = result.rate();
    result.error().ifPresent(error -> failures.add(side + ": it stopped judging: " + error));
    if (rate.judged() == 0) {
      failures.add(side + ": nothing was judged");
    } else if (rate.judged() < leastJudged) {
      failures.add("%s: %,d judged, needed %,d".formatted(side, rate.judged(), leastJudged));
    }
    BigDecimal all = BigDecimal.valueOf(rate.judged() + rate.undecided());
    if (BigDecimal.valueOf(rate.undecided()).compareTo(mostUndecided.multiply(all)) > 0) {
      failures.add(
          "%s: %s undecided, more than %s"
              .formatted(side, percent(rate.undecidedShare()), percent(mostUndecided)));
    }
  }

  private void compare(Rate before, Rate after, BigDecimal limit, List<String> failures) {
    BigDecimal violated = BigDecimal.valueOf(after.violated());
    BigDecimal judged = BigDecimal.valueOf(after.judged());
    if (before.violated() == 0) {
      if (violated.compareTo(fromZero.multiply(judged)) > 0) {
        failures.add(
            "the rate was 0 and became %s, more than %s"
                .formatted(percent(after.value().orElseThrow()), percent(fromZero)));
      }
      return;
    }
    Ratio old = new Ratio(before.violated(), before.judged());
    if (new Ratio(after.violated(), after.judged()).exceeds(old, limit)) {
      double rise = rise(before.value(), after.value()).orElseThrow();
      failures.add("the rate rose by %s, more than %s".formatted(percent(rise), percent(limit)));
    }
  }

  /** What was never violated is left to the rate. */
  private static void compareFrequencies(
      AssertionResult before, AssertionResult after, BigDecimal limit, List<String> failures) {
    OptionalDouble rise = rise(frequency(before), frequency(after));
    Ratio old = new Ratio(before.violations(), before.passed());
    Ratio now = new Ratio(after.violations(), after.passed());
    if (rise.isPresent() && now.exceeds(old, limit)) {
      failures.add(
          "the frequency of violations rose by %s, more than %s"
              .formatted(percent(rise.getAsDouble()), percent(limit)));
    }
  }

  private static OptionalDouble frequency(AssertionResult result) {
    return result.frequency().map(Frequency::value).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble rise(OptionalDouble before, OptionalDouble after) {
    return before.orElse(0) > 0 && after.isPresent()
        ? OptionalDouble.of(after.getAsDouble() / before.getAsDouble() - 1)
        : OptionalDouble.empty();
  }

  /** Compared by multiplying out, which rounds nothing. */
  private record Ratio(long part, long whole) {
    boolean exceeds(Ratio before, BigDecimal limit) {
      BigDecimal allowed =
          BigDecimal.valueOf(before.part)
              .multiply(BigDecimal.valueOf(whole))
              .multiply(BigDecimal.ONE.add(limit));
      return BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(before.whole)).compareTo(allowed)
          > 0;
    }
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
