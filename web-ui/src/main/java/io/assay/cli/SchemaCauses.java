package io.assay.cli;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Wrong values by field and by what was needed there: one mistake in a mapping shows in every line,
 * and must not hide the others.
 */
final class SchemaCauses {
  /** Names of a map's keys come from the data, so there may be any number. */
  private static final int MOST = 100;

  private final int examples;
  private final Map<Cause, Found> causes = new LinkedHashMap<>();
  private long others;

  private record Cause(String stream, String field, String needed) {
    static Cause of(Violation violation) {
      String needed =
          violation.values().stream()
              .filter(Violation.Value::threshold)
              .map(Violation.Value::value)
              .findFirst()
              .orElse("");
      String field = violation.subject().replaceAll("\\[\\d+]", "[]");
      return new Cause(violation.stream(), field.isEmpty() ? "the event" : field, needed);
    }

    String told() {
      return "%s: %s needs %s".formatted(stream, field, needed.replaceAll("^\"|\"$", ""));
    }
  }

  private static final class Found {
    private final List<FoundViolation> first = new ArrayList<>();
    private long count;
  }

  /**
   * @param examples how many violations of each cause are told
   */
  SchemaCauses(int examples) {
    this.examples = examples;
  }

  /** Those of other assertions are passed over. */
  void add(Violation violation) {
    if (!violation.assertion().equals(CheckedAssertion.SCHEMA)) {
      return;
    }
    Cause cause = Cause.of(violation);
    if (causes.size() == MOST && !causes.containsKey(cause)) {
      others++;
      return;
    }
    Found found = causes.computeIfAbsent(cause, c -> new Found());
    found.count++;
    if (found.first.size() < examples) {
      found.first.add(FoundViolation.of(violation));
    }
  }

  void write(PrintWriter out) {
    if (causes.isEmpty()) {
      return;
    }
    out.println();
    out.println(CheckedAssertion.SCHEMA);
    causes.forEach(
        (cause, found) -> {
          out.println("  %s, %s".formatted(cause.told(), times(found.count)));
          found.first.forEach(violation -> out.println("    " + violation.told()));
        });
    if (others > 0) {
      out.println("  other fields, " + times(others));
    }
  }

  private static String times(long count) {
    return count == 1 ? "once" : String.format(Locale.ROOT, "%,d times", count);
  }
}
