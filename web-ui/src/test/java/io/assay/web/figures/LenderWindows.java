package io.assay.web.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.eval.WindowFigures.Outcome;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.stream.contract.FiguresRecord.Line;
import io.assay.stream.contract.FiguresRecord.Part;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Two days of windows as the sink would have stored them: a shift in the east, and truths. */
public final class LenderWindows {
  @SuppressWarnings("TimeInStaticInitializer") // All tests of a JVM look at the same two days.
  public static final Instant NEWEST = Instant.now().truncatedTo(ChronoUnit.HOURS);

  private static final long HOUR = 3_600_000;
  private static final List<String> REGIONS = List.of("east", "north", "south", "west");

  private LenderWindows() {}

  /** Stores them in the installation's project. */
  public static void store(Installation here) throws SQLException {
    try (var connection = here.web().database().connect();
        var insert =
            connection.prepareStatement(
                "insert into window_figures (project, assertion, lines, segment, begins, ends,"
                    + " stream, open, figures) values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)"
                    + " on conflict do nothing")) {
      for (FiguresRecord record : all()) {
        insert.setString(1, record.project());
        insert.setString(2, record.assertion());
        insert.setString(3, record.group());
        insert.setString(4, record.segment());
        insert.setObject(5, at(record.startMillis()));
        insert.setObject(6, at(record.endMillis()));
        insert.setString(7, record.stream());
        insert.setBoolean(8, record.open());
        insert.setString(9, new String(record.json(), UTF_8));
        insert.addBatch();
      }
      insert.executeBatch();
      try (var version =
          connection.prepareStatement(
              "insert into model_version_seen (project, stream, version, first, last)"
                  + " values ('default', 'loans', 'risk-8', ?, ?) on conflict do nothing")) {
        version.setObject(1, at(NEWEST.toEpochMilli() - 7 * HOUR));
        version.setObject(2, at(NEWEST.toEpochMilli()));
        version.execute();
      }
    }
  }

  private static OffsetDateTime at(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }

  static List<FiguresRecord> all() {
    List<FiguresRecord> all = new ArrayList<>();
    for (int window = 24; window >= 0; window--) {
      long end = NEWEST.toEpochMilli() - 2L * window * HOUR;
      for (String region : REGIONS) {
        double shift = region.equals("east") && window < 4 ? 0.5 : 0.05 + 0.004 * window;
        all.add(
            record("risk_mix", "1", "region " + region, end, false, List.of(psi(shift)), shift));
        boolean open = window < 2;
        all.add(
            record(
                "calibrated",
                "ranking,calibration",
                "region " + region,
                end,
                open,
                open ? List.of(auc(0.78, true)) : List.of(auc(0.74, false), calibration()),
                0));
      }
    }
    return all;
  }

  private static FiguresRecord record(
      String assertion,
      String lines,
      String segment,
      long end,
      boolean open,
      List<Figure> figures,
      double shift) {
    Outcome outcome = shift > 0.4 ? Outcome.VIOLATED : Outcome.HELD;
    return new FiguresRecord(
        Installation.PROJECT,
        "loans",
        assertion,
        lines,
        segment,
        end - 2 * HOUR,
        end,
        150,
        150,
        open ? 40 : 148,
        open,
        figures,
        open ? List.of() : List.of(new Line("1", "shift < 0.4", outcome, "")));
  }

  private static Figure psi(double value) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Double upTo = i == 9 ? null : (i + 1) / 12.0;
      parts.add(new Part("", upTo, 120, value > 0.4 ? 5 + 3L * i : 15, null));
    }
    return new Figure(
        "psi(loans.risk, baseline(last 12h))",
        "psi",
        "loans.risk",
        "baseline(last 12h)",
        value,
        null,
        null,
        null,
        0.4,
        false,
        parts);
  }

  private static Figure auc(double value, boolean estimated) {
    return new Figure(
        estimated ? "estimated auc(loans.risk, loans.risk)" : "auc(loans.risk, bounced)",
        "auc",
        "loans.risk",
        "",
        value,
        null,
        estimated ? null : value - 0.06,
        estimated ? null : value + 0.06,
        0.65,
        estimated,
        List.of());
  }

  private static Figure calibration() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      parts.add(new Part("", (i + 1) / 10.0, 2 + i, 20 - i, i / 10.0 + 0.05));
    }
    return new Figure(
        "calibration_error(loans.risk, bounced)",
        "calibration_error",
        "loans.risk",
        "",
        0.07,
        null,
        null,
        null,
        0.15,
        false,
        parts);
  }
}
