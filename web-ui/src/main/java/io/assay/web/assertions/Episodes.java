package io.assay.web.assertions;

import io.assay.assertion.Level;
import io.assay.web.system.Moment;
import io.assay.web.violations.KeySight;
import io.assay.web.violations.PrivateKeys;
import io.assay.web.violations.PrivateText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Episodes of an assertion, by the index of the newest. */
@Repository
class Episodes {
  /** Of more than these nobody is helped by the keys. */
  private static final int COUNTED = 5_000;

  private final JdbcClient jdbc;
  private final PrivateKeys keys;
  private final Clock clock;

  Episodes(JdbcClient jdbc, PrivateKeys keys, Clock clock) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The newest before a place, or from the start: a time and an id.
   *
   * @param clear whether private keys and labels are seen
   */
  List<Episode> newest(
      String project, String assertion, Instant before, String id, int most, boolean clear) {
    KeySight sight = keys.sight(project, clear);
    return jdbc.sql(
            """
            select e.id, e.stream, e.key, e.label, e.level, e.mode, e.opened, e.lasts, e.violations, e.worst,
              e.worst_day, e.worst_id, s.since as silent
            from (select * from episode
              where project = ? and assertion = ? and opened <= ? and (opened < ? or id > ?)
              order by opened desc, id limit ?) e
            left join silent_key s on s.project = e.project and s.assertion = e.assertion and s.stream = e.stream
              and md5(s.key) = md5(e.key) and s.episode = e.id
            order by e.opened desc, e.id\
            """)
        .params(project, assertion, time(before), time(before), id, most)
        .query((row, number) -> episode(row, sight))
        .list();
  }

  /**
   * Keys by how many of the newest episodes since a time are theirs; none of streams whose keys are
   * masked, and shares are of what is left.
   */
  List<KeyShare> keys(String project, String assertion, Instant since, int most, boolean clear) {
    KeySight sight = keys.sight(project, clear);
    return jdbc.sql(
            """
            select key, count(*) as episodes, sum(violations) as violations,
              count(*)::float8 / sum(count(*)) over () as share
            from (select key, violations from episode
              where project = ? and assertion = ? and opened >= ? and (? or stream = any (?))
              order by opened desc limit ?) newest
            group by key order by episodes desc, key limit ?\
            """)
        .params(
            project,
            assertion,
            time(since),
            clear,
            sight.open().toArray(String[]::new),
            COUNTED,
            most)
        .query(
            (row, number) ->
                new KeyShare(
                    row.getString("key"),
                    row.getLong("episodes"),
                    row.getLong("violations"),
                    row.getDouble("share")))
        .list();
  }

  private Episode episode(ResultSet row, KeySight sight) throws SQLException {
    @Nullable OffsetDateTime silent = row.getObject("silent", OffsetDateTime.class);
    return new Episode(
        row.getString("id"),
        row.getString("stream"),
        sight.shown(row.getString("stream"), row.getString("key")),
        PrivateText.shown(row.getString("label"), sight.clear()),
        Level.valueOf(row.getString("level")),
        row.getString("mode"),
        moment(row, "opened"),
        moment(row, "lasts"),
        row.getLong("violations"),
        row.getDouble("worst"),
        row.getObject("worst_day", LocalDate.class),
        row.getString("worst_id"),
        silent == null ? null : Duration.between(silent.toInstant(), clock.instant()));
  }

  private static Moment moment(ResultSet row, String column) throws SQLException {
    return new Moment(row.getObject(column, OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * Violations of one subject that belong together.
   *
   * @param label what its subject is called; masked like {@code key} where whoever looks may not
   *     see it
   * @param day of its worst violation, UTC, and {@code violation} the id of that
   * @param silent for how long its key is silent by now, by the clock; null where it has spoken, or
   *     what it violates is no silence
   */
  record Episode(
      String id,
      String stream,
      String key,
      String label,
      Level level,
      String mode,
      Moment opened,
      Moment lasts,
      long violations,
      double worst,
      LocalDate day,
      String violation,
      @Nullable Duration silent) {
    public String shownWorst() {
      return String.format(Locale.ROOT, worst >= 100 ? "%.0f" : "%.2f", worst);
    }

    public boolean goesOn() {
      return silent != null;
    }

    /** From its first violation to its last, of one none; of a silence that goes on until now. */
    public String length() {
      if (silent == null && violations <= 1) {
        return "–";
      }
      Duration length =
          silent == null ? Duration.between(opened.instant(), lasts.instant()) : silent;
      if (length.toSeconds() < 60) {
        return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
      }
      return length.toHours() < 2 ? length.toMinutes() + " min" : length.toHours() + " h";
    }
  }

  /** How many of the newest episodes are of a key; {@code share} of all of them, in 0 .. 1. */
  record KeyShare(String key, long episodes, long violations, double share) {
    public String shownShare() {
      return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
  }
}
