package io.assay.bench.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.eval.WindowFigures.Outcome;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.stream.contract.FiguresRecord.Line;
import io.assay.stream.contract.FiguresRecord.Part;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What windows came to: of each of {@link #ASSERTIONS} the hours of all days, in four segments.
 * Half of them look at a distribution, half at truth; the newest hours wait for theirs.
 */
final class FilledFigures {
  static final int ASSERTIONS = 20;

  private static final List<String> SEGMENTS =
      List.of("region east", "region north", "region south", "region west");
  private static final int BINS = 10;
  private static final int OPEN = 3;
  private static final int AT_ONCE = 2_000;
  private static final String INSERT =
      "INSERT INTO window_figures (project, assertion, lines, segment, begins, ends, stream, open,"
          + " figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)";

  private FilledFigures() {}

  /** {@code days}: so many, up to the hour that has begun. */
  static void fill(Filling filling, int days) throws SQLException {
    Instant newest = Instant.now().truncatedTo(ChronoUnit.HOURS);
    filling.part(
        "figures of windows",
        () -> {
          try (PreparedStatement insert = filling.connection().prepareStatement(INSERT)) {
            int waiting = 0;
            for (int number = 0; number < ASSERTIONS; number++) {
              for (int hour = days * 24 - 1; hour >= 0; hour--) {
                for (String segment : SEGMENTS) {
                  add(insert, record(number, segment, newest, hour));
                  if (++waiting % AT_ONCE == 0) {
                    insert.executeBatch();
                  }
                }
              }
            }
            insert.executeBatch();
          }
        });
  }

  private static void add(PreparedStatement insert, FiguresRecord record) throws SQLException {
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

  private static OffsetDateTime at(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }

  private static FiguresRecord record(int number, String segment, Instant newest, int hour) {
    boolean truth = number % 2 == 1;
    boolean open = truth && hour < OPEN;
    double value = 0.05 + 0.01 * ((number + hour + segment.length()) % 20);
    Instant end = newest.minus(hour, ChronoUnit.HOURS);
    String stream = WebRules.stream(number);
    String condition = truth ? "auc >= 0.6" : "shift < 0.2";
    return new FiguresRecord(
        "default",
        stream,
        WebRules.name(number),
        "1",
        segment,
        end.minus(1, ChronoUnit.HOURS).toEpochMilli(),
        end.toEpochMilli(),
        3_000,
        3_000,
        open ? 700 : 2_950,
        open,
        truth
            ? List.of(auc(stream, 1 - value, open), calibration(stream, value, open))
            : List.of(shift(stream, value)),
        open
            ? List.of()
            : List.of(new Line("1", condition, value < 0.2 ? Outcome.HELD : Outcome.VIOLATED, "")));
  }

  private static Figure shift(String stream, double value) {
    return figure(
        "psi", stream + ".score", "baseline(last 7d)", value, 0.2, false, parts(300, null));
  }

  private static Figure auc(String stream, double value, boolean open) {
    return figure("auc", stream + ".score", "", value, 0.6, open, List.of());
  }

  private static Figure calibration(String stream, double value, boolean open) {
    return figure(
        "calibration_error", stream + ".score", "", value / 4, 0.05, open, parts(295, 0.5));
  }

  private static Figure figure(
      String function,
      String of,
      String against,
      double value,
      double limit,
      boolean open,
      List<Part> parts) {
    return new Figure(
        function + "(" + of + (against.isEmpty() ? "" : ", " + against) + ")",
        function,
        of,
        against,
        value,
        null,
        value - 0.02,
        value + 0.02,
        limit,
        open,
        parts);
  }

  private static List<Part> parts(int each, @Nullable Double mean) {
    List<Part> parts = new ArrayList<>();
    IntStream.range(0, BINS)
        .forEach(
            bin ->
                parts.add(
                    new Part(
                        "",
                        bin == BINS - 1 ? null : (bin + 1) / (double) BINS,
                        each - bin,
                        each + 7L * bin,
                        mean)));
    return parts;
  }
}
