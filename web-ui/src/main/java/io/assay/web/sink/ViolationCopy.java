package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.appendColumn;
import static io.assay.web.sink.PostgresText.clean;

import io.assay.assertion.Violation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The rows of violations as COPY takes them, one at a time: memory holds the batch once. */
final class ViolationCopy {
  private static final String EVIDENCE =
      "COPY violation (project, day, id, assertion, expectation, judgement_hash, stream, key,"
          + " subject, label, span_from, span_to, at, severity, level, mode, sentence,"
          + " model_version, origin, episode, confidence, prediction, trace, evidence)"
          + " FROM STDIN (ENCODING 'UTF8')";

  private static final String COUNTED =
      "COPY violation_counted (project, day, id, source_partition, source_offset)"
          + " FROM STDIN (ENCODING 'UTF8')";

  private static final String STAGING =
      "COPY violation_staging (project, day, id, assertion, judgement_hash, stream, key, subject,"
          + " label, span_from, span_to, at, severity, level, mode, model_version, episode,"
          + " confidence, live, kept) FROM STDIN (ENCODING 'UTF8')";

  private ViolationCopy() {}

  static void evidence(Connection connection, List<Rows.Found> rows) throws SQLException {
    copy(connection, EVIDENCE, rows, ViolationCopy::evidence);
  }

  static void counted(Connection connection, List<Rows.Found> rows) throws SQLException {
    copy(connection, COUNTED, rows, ViolationCopy::counted);
  }

  static void staging(Connection connection, List<ViolationTable.Judged> rows) throws SQLException {
    copy(connection, STAGING, rows, ViolationCopy::staged);
  }

  private static <T> void copy(
      Connection connection, String sql, List<T> rows, BiConsumer<StringBuilder, T> append)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      var row = new StringBuilder();
      for (T each : rows) {
        row.setLength(0);
        append.accept(row, each);
        byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void evidence(StringBuilder row, Rows.Found found) {
    Violation violation = found.violation();
    text(row, violation.project());
    row.append(found.day()).append('\t');
    text(row, violation.id());
    text(row, violation.assertion());
    text(row, violation.expectation());
    text(row, violation.judgementHash());
    text(row, violation.stream());
    text(row, violation.key());
    text(row, violation.subject());
    text(row, violation.label());
    times(row, violation);
    row.append(violation.severity()).append('\t');
    row.append(violation.level().name()).append('\t');
    row.append(violation.mode().name()).append('\t');
    text(row, violation.sentence());
    version(row, violation);
    text(row, found.origin());
    text(row, violation.episode());
    confidence(row, violation);
    text(row, violation.decidingEvent());
    found.trace().ifPresentOrElse(it -> text(row, it), () -> row.append("\\N\t"));
    appendColumn(row, found.json());
    row.append('\n');
  }

  private static void counted(StringBuilder row, Rows.Found found) {
    text(row, found.violation().project());
    row.append(found.day()).append('\t');
    row.append(found.uuid()).append('\t');
    row.append(found.partition()).append('\t');
    row.append(found.offset()).append('\n');
  }

  private static void staged(StringBuilder row, ViolationTable.Judged judged) {
    Rows.Found found = judged.found();
    Violation violation = found.violation();
    text(row, violation.project());
    row.append(found.day()).append('\t');
    text(row, violation.id());
    text(row, violation.assertion());
    text(row, violation.judgementHash());
    text(row, violation.stream());
    text(row, violation.key());
    text(row, violation.subject());
    text(row, violation.label());
    times(row, violation);
    row.append(violation.severity()).append('\t');
    row.append(violation.level().name()).append('\t');
    row.append(violation.mode().name()).append('\t');
    version(row, violation);
    text(row, violation.episode());
    confidence(row, violation);
    row.append(found.isLive() ? "t\t" : "f\t").append(judged.kept() ? "t\n" : "f\n");
  }

  private static void times(StringBuilder row, Violation violation) {
    row.append(Rows.instant(violation.from())).append('\t');
    row.append(Rows.instant(violation.to())).append('\t');
    row.append(Rows.instant(violation.at())).append('\t');
  }

  private static void version(StringBuilder row, Violation violation) {
    violation.modelVersion().ifPresentOrElse(it -> text(row, it), () -> row.append("\\N\t"));
  }

  private static void confidence(StringBuilder row, Violation violation) {
    OptionalDouble confidence = ModelConfidence.of(violation);
    row.append(confidence.isPresent() ? confidence.getAsDouble() + "\t" : "\\N\t");
  }

  private static void text(StringBuilder row, String value) {
    appendColumn(row, clean(value));
    row.append('\t');
  }
}
