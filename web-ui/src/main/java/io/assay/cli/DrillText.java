package io.assay.cli;

import io.assay.drill.DrillReport;
import io.assay.drill.Fault;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A drill as a table. */
final class DrillText {
  private DrillText() {}

  static void write(DrillReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d events, %,d violations, %d faults, %.0f s%n%n",
        report.events(),
        report.violations(),
        report.suffered().size(),
        report.took().toMillis() / 1000.0);
    out.printf("%-30s %5s  %18s  %18s%n", "", "", "no output, s", "no rows, s");
    out.printf(
        "%-30s %5s  %8s  %8s  %8s  %8s%n",
        "fault", "times", "median", "longest", "median", "longest");
    line(out, "none, for 8 s", List.of(report.calm().output()), List.of(report.calm().rows()));
    for (Fault fault : Fault.values()) {
      List<Duration> output = report.outputGaps(fault);
      if (!output.isEmpty()) {
        line(out, fault.text(), output, report.rowGaps(fault));
      }
    }
    out.printf(
        Locale.ROOT,
        "%nprocessors stopped within %.1f s%n",
        report.stops().stream().mapToLong(Duration::toMillis).max().orElse(0) / 1000.0);
    if (report.passed()) {
      out.println(
          "nothing lost, nothing doubled: the topic and the database have what the backtest of the"
              + " same events finds");
    } else {
      report.found().forEach(out::println);
    }
    out.flush();
  }

  private static void line(
      PrintWriter out, String name, List<Duration> output, List<Duration> rows) {
    out.printf(
        Locale.ROOT,
        "%-30s %5d  %8.1f  %8.1f  %8.1f  %8.1f%n",
        name,
        output.size(),
        median(output),
        seconds(output.getLast()),
        median(rows),
        seconds(rows.getLast()));
  }

  private static double median(List<Duration> sorted) {
    return seconds(sorted.get(sorted.size() / 2));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
