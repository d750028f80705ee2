package io.assay.cli;

import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.Frequency;
import io.assay.assertion.scenario.Rate;
import io.assay.assertion.scenario.RateDifference;
import io.assay.assertion.scenario.RateGate.Checked;
import io.assay.cli.JUnitXml.Case;
import io.assay.cli.JUnitXml.Result;
import io.assay.cli.JUnitXml.Suite;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A gate for people, and for continuous integration. */
final class GateText {
  private static final String INDENT = "           ";

  private GateText() {}

  static void write(List<Checked> results, PrintWriter out) {
    for (Checked result : results) {
      out.println((result.passes() ? "  passed   " : "  FAILED   ") + result.assertion());
      result.failures().forEach(failure -> out.println(INDENT + failure));
      figures(result).forEach(line -> out.println(INDENT + line));
    }
    long passed = results.stream().filter(Checked::passes).count();
    out.println("%d passed, %d failed".formatted(passed, results.size() - passed));
  }

  private static List<String> figures(Checked result) {
    List<String> lines = new ArrayList<>();
    lines.add("before  " + told(result.before()));
    lines.add("after   " + told(result.after()));
    result.difference().ifPresent(difference -> lines.add(told(result, difference)));
    result
        .more()
        .ifPresent(
            more -> lines.add("rise    %s of the frequency".formatted(Percents.signed(more))));
    return lines;
  }

  private static String told(AssertionResult result) {
    Rate rate = result.rate();
    return "%,d of %,d judged violated%s, %,d undecided%s"
        .formatted(
            rate.violated(),
            rate.judged(),
            Percents.inBrackets(rate),
            rate.undecided(),
            result.frequency().map(GateText::told).orElse(""));
  }

  private static String told(Frequency frequency) {
    return String.format(
            Locale.ROOT,
            "; %,d violations in %,d looked at",
            frequency.violations(),
            frequency.looked())
        + (frequency.value().isPresent()
            ? String.format(
                Locale.ROOT, " (%,.2f per 1,000)", 1000 * frequency.value().getAsDouble())
            : "");
  }

  private static String told(Checked result, RateDifference difference) {
    String rise =
        result.rise().isPresent() ? Percents.signed(result.rise().getAsDouble()) + ", " : "";
    return "rise    %s%s points, 95 %% between %s and %s"
        .formatted(
            rise,
            Percents.points(difference.difference()),
            Percents.points(difference.low()),
            Percents.points(difference.high()));
  }

  /** The same as JUnit XML. */
  static Suite suite(List<Checked> results) {
    return new Suite("assay gate", results.stream().map(GateText::one).toList());
  }

  private static Case one(Checked result) {
    return new Case(
        "gate",
        result.assertion(),
        0,
        result.passes()
            ? new Result.Passed()
            : new Result.Failed(
                String.join("; ", result.failures()), String.join("\n", figures(result))));
  }
}
