package io.assay.web.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How fast somebody reviews in this sitting. */
@Component
class Pace {
  /** Who says nothing for so long has gone. */
  static final Duration PAUSE = Duration.ofMinutes(5);

  /** Told of the newest so many: of people as they are now. */
  private static final int NEWEST = 20;

  private static final int FEWEST = 3;
  private static final int MOST = 1000;

  private final JdbcClient jdbc;
  private final Clock clock;

  Pace(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Of a sitting.
   *
   * @param verdicts in it
   * @param perMinute of the newest; null of fewer than three
   */
  record Sitting(int verdicts, @Nullable Double perMinute) {
    /**
     * The sitting that is not over yet.
     *
     * @param said when verdicts were given, the newest first
     */
    static Sitting of(List<Instant> said, Instant now) {
      int verdicts = 0;
      Instant later = now;
      for (Instant one : said) {
        if (Duration.between(one, later).compareTo(PAUSE) > 0) {
          break;
        }
        verdicts++;
        later = one;
      }
      if (verdicts < FEWEST) {
        return new Sitting(verdicts, null);
      }
      int told = Math.min(verdicts, NEWEST);
      double minutes = Duration.between(said.get(told - 1), said.getFirst()).toMillis() / 60_000.0;
      return new Sitting(verdicts, minutes > 0 ? (told - 1) / minutes : null);
    }
  }

  Sitting of(String project, String reviewer) {
    Instant now = clock.instant();
    List<Instant> said =
        jdbc.sql(
                "SELECT at FROM label_verdict WHERE project = ? AND reviewer = ? AND undone IS NULL"
                    + " AND at > ? ORDER BY at DESC LIMIT ?")
            .params(project, reviewer, ReviewQueue.time(now.minus(Duration.ofHours(12))), MOST)
            .query((row, number) -> row.getObject("at", OffsetDateTime.class).toInstant())
            .list();
    return Sitting.of(said, now);
  }
}
