package io.assay.web.sink;

import io.assay.stream.tracing.Traces;
import io.assay.web.sink.SinkOffsets.Overtaken;
import io.opentelemetry.api.trace.SpanKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a batch of records: rows, roll-ups, counts and the next offsets, all or nothing. */
final class SinkTransaction {
  private static final Logger LOG = LoggerFactory.getLogger(SinkTransaction.class);

  /** No partition for a row: one was dropped behind our back. Making it again helps. */
  private static final String CHECK_VIOLATION = "23514";

  private final DataSource database;
  private final SinkOffsets offsets;
  private final RecordReader reader;
  private final String consumer;
  private final ViolationTable violations;
  private final DayPartitions partitions = new DayPartitions();
  private final Clock clock;
  private final Traces traces;

  SinkTransaction(DataSource database, SinkSettings settings, Clock clock, Traces traces) {
    this.database = database;
    this.offsets = new SinkOffsets(settings.consumer());
    this.reader = new RecordReader(settings.names());
    this.consumer = settings.consumer();
    this.violations = new ViolationTable(settings.evidence());
    this.clock = clock;
    this.traces = traces;
  }

  /** Where to go on, by partition. */
  Map<TopicPartition, Long> positions(Iterable<TopicPartition> wanted) throws SQLException {
    try (Connection connection = open()) {
      LocalDate today = LocalDate.now(clock);
      partitions.ensure(connection, List.of(today, today.plusDays(1), today.plusDays(2)));
      return offsets.read(connection, wanted);
    }
  }

  /**
   * Writes the records, which begin at the stored positions {@code from}, and moves these on.
   *
   * @throws Overtaken if another instance has moved them; nothing was written
   */
  Written write(
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> next)
      throws SQLException, Overtaken {
    Instant begun = clock.instant();
    Rows rows = reader.read(records);
    try (Connection connection = open()) {
      // This ends a transaction of its own, and with it what is locked.
      ensurePartitions(connection, rows);
      LabelMatches.hold(connection, rows);
      offsets.claim(connection, from);
      Savepoint begin = connection.setSavepoint();
      Written written;
      try {
        written = new Written(store(connection, rows), rows.violations().size(), rows);
      } catch (SQLException failure) {
        if (!isAboutData(failure)) {
          throw failure;
        }
        connection.rollback(begin);
        written = storeSingly(connection, records);
      }
      CountTables.writeSkipped(connection, consumer, written.rows().skipped());
      offsets.advance(connection, next, written.rows().skippedByPartition());
      connection.commit();
      tell(rows, begun);
      return written;
    } catch (SQLException failure) {
      if (CHECK_VIOLATION.equals(failure.getSQLState())) {
        partitions.forget();
      }
      throw failure;
    }
  }

  private void tell(Rows rows, Instant begun) {
    for (Rows.Found found : rows.violations()) {
      if (traces.follows(found.traceparent())) {
        traces
            .follow("store violation", SpanKind.CONSUMER, found.traceparent(), begun)
            .with("assay.project", found.violation().project())
            .with("assay.assertion", found.violation().assertion())
            .with("assay.violation", found.violation().id())
            .with("db.system.name", "postgresql")
            .close();
      }
    }
  }

  private void ensurePartitions(Connection connection, Rows rows) throws SQLException {
    Set<LocalDate> days = new TreeSet<>(rows.days());
    LocalDate today = LocalDate.now(clock);
    days.add(today);
    days.add(today.plusDays(1));
    partitions.ensure(connection, days);
  }

  private long store(Connection connection, Rows rows) throws SQLException {
    long fresh = violations.write(connection, rows.violations());
    JudgedTables.write(connection, rows.counts());
    VersionTable.write(connection, rows.versions());
    CountTables.writeDeadLetters(connection, rows.deadLetters());
    CountTables.writeLate(connection, rows.late());
    ReleaseTable.write(connection, rows.releases());
    FigureTable.write(connection, rows.figures());
    ImputerTables.write(connection, rows.imputers());
    LabelTable.write(connection, rows.labels());
    SilentTable.write(connection, rows.voices());
    return fresh;
  }

  /** Some record is refused by the database for what it holds: find it, and store the others. */
  private Written storeSingly(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
      throws SQLException {
    Rows refused = new Rows();
    long fresh = 0;
    long violations = 0;
    for (ConsumerRecord<byte[], byte[]> each : records) {
      Rows rows = reader.read(List.of(each));
      rows.skipped().forEach(it -> refused.skip(it.source(), it.reason()));
      Savepoint before = connection.setSavepoint();
      try {
        fresh += store(connection, rows);
        violations += rows.violations().size();
        connection.releaseSavepoint(before);
      } catch (SQLException failure) {
        if (!isAboutData(failure)) {
          throw failure;
        }
        connection.rollback(before);
        refused.skip(each, "refused by the database: " + failure.getMessage());
        LOG.warn(
            "skipped {}-{}@{}: {}",
            each.topic(),
            each.partition(),
            each.offset(),
            failure.getMessage());
      }
    }
    return new Written(fresh, violations, refused);
  }

  /** Data exceptions, constraints, and limits of a row: trying the same again cannot help. */
  private static boolean isAboutData(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && !state.equals(CHECK_VIOLATION)
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }

  private Connection open() throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /**
   * What was stored.
   *
   * @param fresh violations that were new
   * @param violations all that came
   * @param rows with the records that were skipped
   */
  record Written(long fresh, long violations, Rows rows) {}
}
