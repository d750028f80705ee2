package io.assay.web.storage;

import io.assay.web.storage.StorageSample.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much room the database takes, by table; and what is left, where this process can see. */
@Component
public class DatabaseSizes {
  /** All smaller ones are told together. */
  private static final long LEAST = 1_000_000;

  private static final int MOST_DAYS = 400;

  /** With indexes and what is stored aside; a partitioned table is the sum of its partitions. */
  private static final String TABLES =
      """
      SELECT coalesce(parent.relname, t.relname) AS name, sum(pg_total_relation_size(t.oid)) AS bytes
      FROM pg_class t
      LEFT JOIN pg_inherits i ON i.inhrelid = t.oid
      LEFT JOIN pg_class parent ON parent.oid = i.inhparent
      WHERE t.relkind IN ('r', 'm') AND t.relnamespace = current_schema()::regnamespace
      GROUP BY 1 ORDER BY bytes DESC, name\
      """;

  private static final String DAYS =
      """
      SELECT t.relname AS name, pg_total_relation_size(t.oid) AS bytes, greatest(t.reltuples, 0)::bigint AS rows
      FROM pg_inherits i JOIN pg_class t ON t.oid = i.inhrelid
      WHERE i.inhparent = 'violation'::regclass ORDER BY t.relname DESC LIMIT ?\
      """;

  private final JdbcClient jdbc;

  DatabaseSizes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A table with all that belongs to it. */
  public record Table(String name, long bytes) {}

  /**
   * A day's partition of violations.
   *
   * @param rows about, as the database's statistics have it; 0 where it has none yet
   */
  public record Day(LocalDate day, long bytes, long rows) {}

  /** The largest first. */
  public List<Table> tables() {
    return jdbc.sql(TABLES)
        .query((row, number) -> new Table(row.getString("name"), row.getLong("bytes")))
        .list();
  }

  /** The newest first, as many as a page has. */
  public List<Day> days() {
    return days(MOST_DAYS);
  }

  /** Likewise, all of them. */
  public List<Day> allDays() {
    return days(Integer.MAX_VALUE);
  }

  private List<Day> days(int most) {
    return jdbc.sql(DAYS).param(most).query((row, number) -> day(row)).list().stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Partitions are called {@code violation_2026_11_27}. */
  private static Optional<Day> day(ResultSet row) throws SQLException {
    String name = row.getString("name").replaceFirst("^violation_", "").replace('_', '-');
    return name.matches("\\d{4,}-\\d\\d-\\d\\d")
        ? Optional.of(new Day(LocalDate.parse(name), row.getLong("bytes"), row.getLong("rows")))
        : Optional.empty();
  }

  List<StorageSample> sample(Instant at) {
    List<StorageSample> samples = new ArrayList<>();
    long small = 0;
    for (Table table : tables()) {
      if (table.bytes() >= LEAST) {
        samples.add(StorageSample.part(at, Store.POSTGRESQL, table.name(), table.bytes()));
      } else {
        small += table.bytes();
      }
    }
    samples.add(StorageSample.part(at, Store.POSTGRESQL, StorageReport.OTHERS, small));
    long whole = jdbc.sql("SELECT pg_database_size(current_database())").query(Long.class).single();
    Optional<Path> folder = folder();
    samples.add(
        StorageSample.volume(
            at,
            Store.POSTGRESQL,
            folder.map(Path::toString).orElse(""),
            whole,
            folder.map(Volumes::free).orElse(OptionalLong.empty()),
            folder.map(Volumes::total).orElse(OptionalLong.empty())));
    return samples;
  }

  /**
   * Where the database's files are, if that is a folder of this machine: the server's start, as it
   * wrote it into its folder, is the one that it tells us. A folder that is merely called the same
   * says nothing.
   */
  private Optional<Path> folder() {
    try {
      Path folder =
          Path.of(
              jdbc.sql("SELECT current_setting('data_directory')").query(String.class).single());
      long started =
          jdbc.sql(
                  "SELECT extract(epoch FROM date_trunc('second',"
                      + " pg_postmaster_start_time()))::bigint")
              .query(Long.class)
              .single();
      List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
      // The third line is the start, in seconds since the epoch; the two clocks are read apart.
      boolean same =
          lines.size() > 2 && Math.abs(Long.parseLong(lines.get(2).strip()) - started) <= 2;
      return same ? Optional.of(folder) : Optional.empty();
    } catch (IOException | RuntimeException unseen) {
      return Optional.empty();
    }
  }
}
