package io.assay.cli;

import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.event.Durations;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The alerts that a backtest's rules would have sent, as a table. */
final class AlertsText {
  private AlertsText() {}

  /** Nothing where no rule alerts. */
  static void write(AlertRehearsal.Told told, PrintWriter out) {
    if (told.lines().isEmpty()) {
      return;
    }
    out.println();
    out.println(
        "alerts that these rules would have sent in %s, had they been active"
            .formatted(Durations.print(told.span().toNanos())));
    if (!told.isWhole()) {
      out.println("  the recording is too long to know of all its minutes: there may be more");
    }
    boolean daily = told.perDay(0).isPresent();
    List<List<String>> rows = new ArrayList<>();
    List<String> headings =
        new ArrayList<>(List.of("assertion", "alert when", "to", "fired", "notices", "pages"));
    if (daily) {
      headings.add("pages a day");
    }
    rows.add(headings);
    for (AlertRehearsal.Line line : told.lines()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  line.assertion(),
                  line.condition(),
                  line.routes().isEmpty() ? "(nobody)" : String.join(", ", line.routes()),
                  number(line.fired()),
                  number(line.notices()),
                  number(line.pages())));
      if (daily) {
        row.add(perDay(told.perDay(line.pages())));
      }
      rows.add(row);
    }
    TextTable.write(rows, 3, out);
    if (told.lines().size() > 1) {
      String together =
          "  together %s notices, %s pages".formatted(number(told.notices()), number(told.pages()));
      out.println(
          daily ? together + ", " + perDay(told.perDay(told.pages())) + " a day" : together);
    }
  }

  private static String perDay(OptionalDouble pages) {
    return String.format(Locale.ROOT, "%.1f", pages.orElse(0));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
