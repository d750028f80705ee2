package io.assay.cli;

import io.assay.drill.StormReport;
import java.io.PrintWriter;
import java.util.Locale;

/** What a storm came to, for people. */
final class StormText {
  private StormText() {}

  static void write(StormReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d events in %.1f s, each violates an assertion; up to %,d behind, all stored %.1f s"
            + " after the last%n",
        report.sent(),
        report.sending().toMillis() / 1000.0,
        report.longestLag(),
        report.catchUp().toMillis() / 1000.0);
    report
        .counted()
        .forEach((place, number) -> out.printf(Locale.ROOT, "  %,11d %s%n", number, place));
    out.printf(
        Locale.ROOT,
        "a person got %d groups, in %d requests%n",
        report.groups(),
        report.requests());
    out.printf(
        Locale.ROOT,
        "evidence of %,d is kept, of at most %,d; a violation that is only counted takes %.0f"
            + " bytes%n",
        report.kept(),
        report.bound(),
        report.countedBytes() / (double) Math.max(1, report.sent()));
    grown(out, "database", report.databaseBytes(), report.sent());
    grown(out, "Kafka's log", report.logBytes(), report.sent());
    report
        .memory()
        .forEach(
            one ->
                out.printf(
                    Locale.ROOT,
                    "%-12s up to %,5d MB of %,5d; %,5d in the third quarter, %,5d in the last%n",
                    one.process(),
                    one.max(),
                    one.limit(),
                    one.middle(),
                    one.end()));
    report
        .pages()
        .forEach(
            (page, took) ->
                out.printf(
                    Locale.ROOT,
                    "%-12s %4d times: median %,5d ms, 95 %% within %,5d, all within %,5d%n",
                    page,
                    took.times(),
                    took.median(),
                    took.p95(),
                    took.max()));
    if (report.passed()) {
      out.println("all as promised");
    } else {
      report.found().forEach(out::println);
    }
  }

  private static void grown(PrintWriter out, String what, StormReport.Grown bytes, long events) {
    out.printf(
        Locale.ROOT,
        "%s: %,d MB before, %,d MB after: %.0f bytes a violation%n",
        what,
        bytes.before() >> 20,
        bytes.after() >> 20,
        bytes.by() / (double) Math.max(1, events));
  }
}
