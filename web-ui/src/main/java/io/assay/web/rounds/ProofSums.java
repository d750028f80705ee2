package io.assay.web.rounds;

import io.assay.assertion.weaklabel.RateChange.Sums;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was judged before and after a time, in stretches of an hour. The hour of that time is split
 * to the minute; at the far ends hours are whole.
 */
@Repository
@SuppressWarnings("InlineFormatString") // A long query stands apart from what runs it.
class ProofSums {
  /** As long before as after, and no longer: what was a month ago is another time. */
  static final Duration LONGEST = Duration.ofDays(14);

  private static final String SUMS =
      """
      SELECT assertion, after, count(*) FILTER (WHERE judged > 0) AS stretches, sum(violated) AS violated,
        sum(judged) AS judged, sum(violated * violated) AS violated_squares, sum(violated * judged) AS products,
        sum(judged * judged) AS judged_squares
      FROM (
        SELECT assertion, hour >= :hour AS after, sum(violated)::float8 AS violated,
          sum(violated + held)::float8 AS judged
        FROM count_hour
        WHERE project = :project AND hour >= :from AND hour < :to AND hour <> :hour %1$s
        GROUP BY assertion, hour
        UNION ALL
        SELECT assertion, after, sum(violated)::float8, sum(judged)::float8
        FROM (
          SELECT assertion, begins >= :since AS after, violated, violated + held AS judged
          FROM count_span
          WHERE project = :project AND span = 2 AND begins >= :hour AND begins < :next AND begins <> :pair %1$s
          UNION ALL
          SELECT assertion, minute >= :since AS after, violated, violated + held AS judged
          FROM count_minute
          WHERE project = :project AND minute >= :pair AND minute < :pairEnds %1$s) minutes
        GROUP BY assertion, after) hours
      GROUP BY assertion, after\
      """;

  /**
   * A month of hours of hundreds of assertions; what PostgreSQL has by default goes to the disk.
   */
  private static final String MEMORY = "SELECT set_config('work_mem', '64MB', true)";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  ProofSums(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Both sides; a side in which nothing was judged is missing. */
  record Sides(Optional<Sums> before, Optional<Sums> after) {
    static final Sides NONE = new Sides(Optional.empty(), Optional.empty());

    boolean areBoth() {
      return before.isPresent() && after.isPresent();
    }

    private Sides with(boolean isAfter, Sums sums) {
      return isAfter ? new Sides(before, Optional.of(sums)) : new Sides(Optional.of(sums), after);
    }
  }

  /** Of all assertions that were judged. */
  Map<String, Sides> all(String project, Instant since) {
    return transactions.execute(
        status -> {
          jdbc.sql(MEMORY).query(String.class).single();
          return sides(project, Optional.empty(), since);
        });
  }

  /** Of one assertion. */
  Sides of(String project, String assertion, Instant since) {
    return sides(project, Optional.of(assertion), since).getOrDefault(assertion, Sides.NONE);
  }

  private Map<String, Sides> sides(String project, Optional<String> assertion, Instant since) {
    Instant hour = since.truncatedTo(ChronoUnit.HOURS);
    Instant pair =
        since.minus(Duration.ofMinutes(minuteOf(since) % 2)).truncatedTo(ChronoUnit.MINUTES);
    var query =
        jdbc.sql(SUMS.formatted(assertion.isPresent() ? "AND assertion = :assertion" : ""))
            .param("project", project)
            .param("since", time(since))
            .param("hour", time(hour))
            .param("pair", time(pair))
            .param("pairEnds", time(pair.plus(2, ChronoUnit.MINUTES)))
            .param("next", time(hour.plus(1, ChronoUnit.HOURS)))
            .param("from", time(hour.minus(LONGEST)))
            .param("to", time(hour.plus(LONGEST)));
    assertion.ifPresent(name -> query.param("assertion", name));
    Map<String, Sides> found = new HashMap<>();
    query.query(
        row -> {
          var sums =
              new Sums(
                  row.getLong("stretches"),
                  row.getDouble("violated"),
                  row.getDouble("judged"),
                  row.getDouble("violated_squares"),
                  row.getDouble("products"),
                  row.getDouble("judged_squares"));
          if (sums.judged() > 0) {
            boolean after = row.getBoolean("after");
            found.merge(
                row.getString("assertion"),
                Sides.NONE.with(after, sums),
                (known, more) -> known.with(after, sums));
          }
        });
    return found;
  }

  private static int minuteOf(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).getMinute();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** The assertions of a round's items. */
  List<String> assertions(String project, long round) {
    return jdbc.sql("SELECT DISTINCT assertion FROM label_item WHERE project = ? AND round = ?")
        .params(project, round)
        .query(String.class)
        .list();
  }
}
