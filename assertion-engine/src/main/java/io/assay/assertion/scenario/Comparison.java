package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedTest.Expected;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.scenario.Outcome.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what a test expects against what its assertion said. */
final class Comparison {
  private static final int SHOWN = 5;

  private final TestVerdicts verdicts;
  private final long start;

  /**
   * @param start event time of the first event, from which a test counts
   */
  Comparison(TestVerdicts verdicts, long start) {
    this.verdicts = verdicts;
    this.start = start;
  }

  List<Difference> differences(List<Expected> expected) {
    List<Difference> differences = new ArrayList<>(unmatched(expected));
    for (Expected one : expected) {
      switch (one) {
        case Expected.ViolationAt ignored -> {}
        case Expected.Corrected corrected ->
            CorrectedOutput.difference(corrected, verdicts.violations(), start)
                .ifPresent(differences::add);
        case Expected.Violations count -> {
          if (verdicts.violations().size() != count.count()) {
            differences.add(new Difference(count.span(), violations(count.count()), all()));
          }
        }
        case Expected.Silence silence -> {
          if (!verdicts.violations().isEmpty()) {
            differences.add(new Difference(silence.span(), "silence", all()));
          }
        }
        case Expected.Undecided undecided -> {
          if (verdicts.undecided() == 0) {
            differences.add(new Difference(undecided.span(), "undecided", all()));
          }
        }
      }
    }
    return differences;
  }

  /** Every expected violation takes one for itself; whoever can yield does. */
  private List<Difference> unmatched(List<Expected> expected) {
    List<Expected.ViolationAt> wanted =
        expected.stream()
            .filter(Expected.ViolationAt.class::isInstance)
            .map(Expected.ViolationAt.class::cast)
            .toList();
    Expected.@Nullable ViolationAt[] taken =
        new Expected.@Nullable ViolationAt[verdicts.violations().size()];
    List<Difference> differences = new ArrayList<>();
    for (Expected.ViolationAt want : wanted) {
      if (!take(want, taken, new boolean[taken.length])) {
        differences.add(new Difference(want.span(), print(want), nearest(want)));
      }
    }
    return differences;
  }

  private boolean take(
      Expected.ViolationAt want, Expected.@Nullable ViolationAt[] taken, boolean[] tried) {
    for (int i = 0; i < taken.length; i++) {
      if (!tried[i] && agrees(want, verdicts.violations().get(i))) {
        tried[i] = true;
        Expected.ViolationAt holder = taken[i];
        if (holder == null || take(holder, taken, tried)) {
          taken[i] = want;
          return true;
        }
      }
    }
    return false;
  }

  private boolean agrees(Expected.ViolationAt want, Violation violation) {
    return violation.at() - start == want.atNanos() && wrongValues(want, violation) == 0;
  }

  private static long wrongValues(Expected.ViolationAt want, Violation violation) {
    Map<String, Object> came = ViolationValues.of(violation);
    return want.with().stream().filter(value -> !agrees(value, came)).count();
  }

  private static boolean agrees(Value value, Map<String, Object> came) {
    return Optional.ofNullable(came.get(value.name()))
        .filter(ExpectedValue.of(value.term())::agrees)
        .isPresent();
  }

  private String nearest(Expected.ViolationAt want) {
    return verdicts.violations().stream()
        .min(
            Comparator.<Violation>comparingLong(v -> Math.abs(v.at() - start - want.atNanos()))
                .thenComparingLong(v -> wrongValues(want, v)))
        .map(v -> print(want, v))
        .orElseGet(this::all);
  }

  private static String print(Expected.ViolationAt want) {
    String with =
        want.with().stream()
            .map(value -> value.name() + " = " + ExpectedValue.of(value.term()).print())
            .collect(Collectors.joining(", "));
    return "violation at "
        + Durations.print(want.atNanos())
        + (with.isEmpty() ? "" : " with " + with);
  }

  private String print(Expected.ViolationAt want, Violation violation) {
    Map<String, Object> came = ViolationValues.of(violation);
    String with =
        want.with().stream()
            .map(Value::name)
            .map(
                name ->
                    came.containsKey(name) ? name + " = " + shown(came.get(name)) : "no " + name)
            .collect(Collectors.joining(", "));
    return "violation at %s%s: %s"
        .formatted(
            Durations.print(violation.at() - start),
            with.isEmpty() ? "" : " with " + with,
            sentence(violation));
  }

  /** Durations are text in evidence; in rules they stand without quotes. */
  private static String shown(@Nullable Object value) {
    boolean duration = value instanceof String text && Durations.parse(text).isPresent();
    return value == null || duration ? String.valueOf(value) : ExpectedValue.print(value);
  }

  /** All that came, in short. */
  private String all() {
    List<Violation> violations = verdicts.violations();
    if (violations.isEmpty()) {
      return verdicts.undecided() == 0 ? "silence" : "no violation, " + undecided();
    }
    String shown =
        violations.stream()
            .limit(SHOWN)
            .map(v -> "at %s: %s".formatted(Durations.print(v.at() - start), sentence(v)))
            .collect(Collectors.joining("; "));
    return violations(violations.size())
        + " "
        + shown
        + (violations.size() > SHOWN ? "; …" : "")
        + (verdicts.undecided() == 0 ? "" : "; " + undecided());
  }

  private String undecided() {
    Map<String, Long> reasons = verdicts.reasons();
    String why =
        reasons.entrySet().stream()
            .limit(SHOWN)
            .map(e -> "%s (at %s)".formatted(e.getKey(), Durations.print(e.getValue() - start)))
            .collect(Collectors.joining("; ", ": ", reasons.size() > SHOWN ? "; …" : ""));
    return verdicts.undecided() + " undecided" + (reasons.isEmpty() ? "" : why);
  }

  private static String sentence(Violation violation) {
    return violation.sentence().replace("\u2063", "");
  }

  private static String violations(long count) {
    return count == 1 ? "1 violation" : count + " violations";
  }
}
