package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.WhyUndecided;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A backtest for people: a table of the assertions, then the first violations of each. */
final class BacktestText {
  private static final List<String> HEADINGS =
      List.of("assertion", "violations", "judged", "undecided", "events flagged", "worst");

  private static final int MOST_REASONS = 3;

  private BacktestText() {}

  static void write(
      BacktestReport report, FoundViolations found, SchemaCauses causes, PrintWriter out) {
    out.println(summary(report));
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    report.assertions().forEach(result -> rows.add(row(result)));
    TextTable.write(rows, 1, out);
    AlertsText.write(report.alerts(), out);
    for (AssertionResult result : report.assertions()) {
      if (!result.name().equals(CheckedAssertion.SCHEMA)) {
        tell(result, found.of(result.name()), out);
      }
    }
    causes.write(out);
  }

  private static String summary(BacktestReport report) {
    return "%s of %s judged by %s"
        .formatted(
            counted(report.events(), "event"),
            counted(report.keys(), "key"),
            counted(report.assertions().size(), "assertion"));
  }

  private static List<String> row(AssertionResult result) {
    return List.of(
        result.name(),
        number(result.violations()),
        number(result.judged()),
        number(result.undecided()),
        number(result.eventsFlagged()),
        result.violations() == 0 ? "" : FoundViolation.severity(result.worst()));
  }

  private static void tell(AssertionResult result, List<FoundViolation> items, PrintWriter out) {
    if (items.isEmpty() && result.reasons().isEmpty()) {
      return;
    }
    out.println();
    out.println(result.name());
    for (FoundViolation item : items) {
      out.println("  " + item.told());
    }
    long more = result.violations() - items.size();
    if (more > 0) {
      out.println("  … and " + number(more) + " more");
    }
    tellUndecided(result.reasons(), out);
  }

  private static void tellUndecided(List<WhyUndecided> reasons, PrintWriter out) {
    for (WhyUndecided why : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      String when = why.units() == 1 ? "at " : "first at ";
      out.println(
          "  undecided %s: %s (%s)"
              .formatted(
                  counted(why.units(), "time"),
                  why.reason().replace("\u2063", ""),
                  when + Instant.ofEpochSecond(0, why.first())));
    }
    if (reasons.size() > MOST_REASONS) {
      out.println("  … and for " + counted(reasons.size() - MOST_REASONS, "other reason"));
    }
  }

  private static String counted(long count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
