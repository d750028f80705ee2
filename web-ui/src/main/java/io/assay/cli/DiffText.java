package io.assay.cli;

import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.RuleDifference;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Two versions of rules for people: assertion by assertion, with examples of what differs. */
final class DiffText {
  private final PrintWriter out;
  private final FoundViolations onlyOld;
  private final FoundViolations onlyNew;

  DiffText(PrintWriter out, FoundViolations onlyOld, FoundViolations onlyNew) {
    this.out = out;
    this.onlyOld = onlyOld;
    this.onlyNew = onlyNew;
  }

  void write(BacktestReport before, BacktestReport after, List<RuleDifference> differences) {
    boolean same = before.events() == after.events();
    out.println(
        same
            ? counted(after.events(), "event")
            : "%s by the old rules, %s by the new"
                .formatted(counted(before.events(), "event"), counted(after.events(), "event")));
    for (RuleDifference difference : differences) {
      out.println();
      write(difference);
    }
  }

  private void write(RuleDifference d) {
    out.println(d.assertion() + "  " + d.change().name().toLowerCase(Locale.ROOT));
    d.before().ifPresent(result -> out.println("  old  " + told(result)));
    d.after().ifPresent(result -> out.println("  new  " + told(result)));
    if (d.both() + d.onlyOld() + d.onlyNew() > 0) {
      out.println(
          "  %,d in both, %,d only old, %,d only new"
              .formatted(d.both(), d.onlyOld(), d.onlyNew()));
    }
    examples("only old", d.onlyOld(), onlyOld.of(d.assertion()));
    examples("only new", d.onlyNew(), onlyNew.of(d.assertion()));
  }

  private static String told(AssertionResult result) {
    return "%s, %,d of %,d judged violated%s, %,d undecided%s"
        .formatted(
            counted(result.violations(), "violation"),
            result.rate().violated(),
            result.rate().judged(),
            Percents.inBrackets(result.rate()),
            result.rate().undecided(),
            result.error().map(e -> ", stopped judging: " + e).orElse(""));
  }

  private void examples(String which, long all, List<FoundViolation> found) {
    for (FoundViolation violation : found) {
      out.println("  " + which + "  " + violation.told());
    }
    if (all > found.size()) {
      out.println("  … and %,d more %s".formatted(all - found.size(), which));
    }
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
