package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedTest.Expected;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.scenario.Outcome.Difference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a test expects of the outputs that corrections propose. */
final class CorrectedOutput {
  private static final int SHOWN = 3;

  private CorrectedOutput() {}

  /** Each violation corrects its own fault, so one proposal that agrees is enough. */
  static Optional<Difference> difference(
      Expected.Corrected expected, List<Violation> violations, long start) {
    List<Map<?, ?>> proposed =
        violations.stream()
            .flatMap(violation -> violation.corrections().stream())
            .filter(corrected -> corrected.at() - start == expected.atNanos())
            .<Map<?, ?>>map(corrected -> (Map<?, ?>) ViolationValues.parse(corrected.fields()))
            .toList();
    if (proposed.stream().anyMatch(output -> agrees(expected, output))) {
      return Optional.empty();
    }
    String came =
        proposed.stream()
            .limit(SHOWN)
            .map(output -> shown(expected.field(), output.get(expected.field())))
            .collect(Collectors.joining("; or "));
    return Optional.of(
        new Difference(
            expected.span(), print(expected), proposed.isEmpty() ? none(violations, start) : came));
  }

  private static String none(List<Violation> violations, long start) {
    String times =
        violations.stream()
            .flatMap(violation -> violation.corrections().stream())
            .map(corrected -> corrected.at() - start)
            .distinct()
            .sorted()
            .limit(SHOWN)
            .map(Durations::print)
            .collect(Collectors.joining(", "));
    return times.isEmpty()
        ? "no correction"
        : "no correction of the event at that time; there are some at " + times;
  }

  private static boolean agrees(Expected.Corrected expected, Map<?, ?> output) {
    Object came = output.get(expected.field());
    boolean has =
        expected.isRecord()
            ? has(expected, came)
                || (came instanceof List<?> list && list.stream().anyMatch(e -> has(expected, e)))
            : agrees(expected.values().getFirst(), came);
    return has != expected.without();
  }

  private static boolean has(Expected.Corrected expected, @Nullable Object element) {
    return element instanceof Map<?, ?> map
        && expected.values().stream().allMatch(value -> agrees(value, map.get(value.name())));
  }

  private static boolean agrees(Value expected, @Nullable Object came) {
    boolean nothing = TermValues.constant(expected.term()) == Term.Null.NULL;
    return came == null ? nothing : !nothing && ExpectedValue.of(expected.term()).agrees(came);
  }

  private static String print(Expected.Corrected expected) {
    String values =
        expected.values().stream()
            .map(
                value ->
                    (expected.isRecord() ? value.name() + ": " : "")
                        + ExpectedValue.of(value.term()).print())
            .collect(Collectors.joining(", "));
    return "corrected at %s %s%s %s"
        .formatted(
            Durations.print(expected.atNanos()),
            expected.without() ? "without " : "",
            expected.field(),
            expected.isRecord() ? "of { " + values + " }" : values);
  }

  private static String shown(String field, @Nullable Object came) {
    return came == null ? "no " + field : field + " " + ExpectedValue.print(came);
  }
}
