package io.assay.web.storage;

import io.assay.web.storage.StorageSample.Kind;
import io.assay.web.storage.StorageSample.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sizes over time: many samples of the last days, few of what was long ago. */
@Component
class StorageHistory {
  static final Duration EVERY = Duration.ofMinutes(10);

  /** All of the last two days; the first of an hour for a month; the first of a day for ever. */
  private static final String THIN =
      """
      DELETE FROM storage_sample s WHERE s.at < ? AND EXISTS (
        SELECT 1 FROM storage_sample earlier
        WHERE earlier.store = s.store AND earlier.kind = s.kind AND earlier.name = s.name AND earlier.at < s.at
          AND date_trunc(CASE WHEN s.at < ? THEN 'day' ELSE 'hour' END, earlier.at, 'UTC')
            = date_trunc(CASE WHEN s.at < ? THEN 'day' ELSE 'hour' END, s.at, 'UTC'))\
      """;

  private final JdbcClient jdbc;

  StorageHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether nobody has sampled of late. */
  boolean isDue(Instant now) {
    Instant due = now.minus(EVERY).plusSeconds(30);
    return newest().filter(at -> at.isAfter(due)).isEmpty();
  }

  /**
   * Writes what was measured, unless someone else does, or did meanwhile.
   *
   * @return whether it was written
   */
  @Transactional
  boolean writeIfDue(Instant now, List<StorageSample> measured) {
    boolean mine =
        jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('assay storage', 0))")
            .query(Boolean.class)
            .single();
    if (!mine || !isDue(now)) {
      return false;
    }
    measured.forEach(this::write);
    jdbc.sql(THIN)
        .params(
            time(now.minus(Duration.ofDays(2))),
            time(now.minus(Duration.ofDays(31))),
            time(now.minus(Duration.ofDays(31))))
        .update();
    return true;
  }

  private void write(StorageSample sample) {
    jdbc.sql(
            "INSERT INTO storage_sample (at, store, kind, name, bytes, free, total)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .param(time(sample.at()))
        .param(sample.store().name())
        .param(sample.kind().name())
        .param(sample.name())
        .param(sample.bytes())
        .param(boxed(sample.free()))
        .param(boxed(sample.total()))
        .update();
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private Optional<Instant> newest() {
    return jdbc.sql("SELECT max(at) FROM storage_sample")
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /** Since a time, the oldest first. */
  @Transactional(readOnly = true)
  List<StorageSample> since(Instant since) {
    return jdbc.sql("SELECT * FROM storage_sample WHERE at >= ? ORDER BY at, store, kind, name")
        .param(time(since))
        .query((row, number) -> read(row))
        .list();
  }

  private static StorageSample read(ResultSet row) throws SQLException {
    return new StorageSample(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Store.valueOf(row.getString("store")),
        Kind.valueOf(row.getString("kind")),
        row.getString("name"),
        row.getLong("bytes"),
        number(row, "free"),
        number(row, "total"));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
