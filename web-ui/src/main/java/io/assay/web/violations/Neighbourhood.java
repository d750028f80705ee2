package io.assay.web.violations;

import io.assay.web.system.Moment;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What there is around a violation: episodes like its own, and what people said of it. */
@Repository
class Neighbourhood {
  /** Of the newest so many the most similar are found: an index has them. */
  private static final int LOOKED = 500;

  private static final int SHOWN = 6;

  private final JdbcClient jdbc;
  private final PrivateKeys keys;

  Neighbourhood(JdbcClient jdbc, PrivateKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** The episode of a violation; empty where it is not known. */
  Optional<String> episode(String project, LocalDate day, String id) {
    return jdbc.sql("select episode from violation where project = ? and day = ? and id = ?")
        .params(project, day, id)
        .query(String.class)
        .optional()
        .filter(episode -> !episode.isEmpty());
  }

  /**
   * Episodes of the same assertion whose worst violation is about as severe, those of the same key
   * first; each with what people found, where that is settled.
   *
   * @param row as it is seen: where its key is masked, nothing is told of that of others
   */
  List<Similar> similar(String project, ViolationRow row, String episode, boolean clear) {
    KeySight sight = keys.sight(project, clear);
    return jdbc.sql(
            """
            select e.id, e.stream, e.key, e.opened, e.violations, e.worst, e.worst_day, e.worst_id, i.finding
            from (select * from episode where project = ? and assertion = ? order by opened desc limit ?) e
              left join label_item i on i.project = e.project and i.id = e.id
                and i.status in ('AGREED', 'SETTLED') and i.gold is null
            where e.id <> ?
            order by abs(ln(greatest(e.worst, 1e-9) / ?)) + case when e.key = ? then 0 else 0.1 end,
              e.opened desc
            limit ?\
            """)
        .params(
            project,
            row.assertion(),
            LOOKED,
            episode,
            Math.max(row.severity(), 1e-9),
            row.key(),
            SHOWN)
        .query(
            (result, number) ->
                new Similar(
                    sight.shown(result.getString("stream"), result.getString("key")),
                    new Moment(result.getObject("opened", OffsetDateTime.class).toInstant()),
                    result.getLong("violations"),
                    result.getDouble("worst"),
                    result.getObject("worst_day", LocalDate.class),
                    result.getString("worst_id"),
                    finding(result.getString("finding"))))
        .list();
  }

  /**
   * What holds of an episode: a finding as {@code no-error}; empty while nobody has said, and where
   * the answer is known and tests those who review.
   */
  Optional<String> said(String project, String episode) {
    return jdbc.sql(
            "select finding from label_item where project = ? and id = ?"
                + " and status in ('AGREED', 'SETTLED') and gold is null")
        .params(project, episode)
        .query(String.class)
        .optional()
        .map(Neighbourhood::finding);
  }

  private static String finding(@Nullable String stored) {
    return stored == null ? "" : stored.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * An episode, by its worst violation.
   *
   * @param finding such as {@code no-error}; empty where nobody has settled it
   */
  record Similar(
      String key,
      Moment opened,
      long violations,
      double worst,
      LocalDate day,
      String violation,
      String finding) {
    public String shownWorst() {
      return String.format(Locale.ROOT, worst >= 100 ? "%.0f" : "%.2f", worst);
    }
  }
}
