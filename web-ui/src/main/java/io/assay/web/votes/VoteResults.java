package io.assay.web.votes;

import static io.assay.web.votes.VotedEvents.time;

import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.VoteCounts;
import io.assay.assertion.weaklabel.VoteEstimates.Estimate;
import io.assay.assertion.weaklabel.VoteEstimates.Lack;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What came of the votes when they were counted last; whoever asks waits for no fit. */
@Component
public class VoteResults {
  /** Before the newest minute of the project's events in which anything was judged. */
  public static final Duration LOOKED_BACK = Duration.ofDays(7);

  /** The class of votes that say that something is wrong. */
  public static final String ERROR = VoteReading.ERROR;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  VoteResults(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Of an assertion.
   *
   * @param precision of its flags: estimated or unknown
   * @param flags events drawn at random that it flags, {@code shared} those that another flags, too
   * @param lack why nothing is estimated; empty where it is
   * @param judged what it has judged in {@link #LOOKED_BACK}, and {@code violated} how often it
   *     was; empty before that was counted
   */
  public record Estimated(
      String assertion,
      Precision precision,
      long flags,
      long shared,
      Optional<Lack> lack,
      OptionalLong judged,
      OptionalLong violated) {}

  /** Votes on a stream's events, and when they were counted. */
  public record Counted(String stream, Instant at, VoteCounts votes) {}

  /** Of all assertions in force when votes were counted, by name. */
  public Map<String, Estimated> estimates(String project) {
    Map<String, Estimated> found = new TreeMap<>();
    jdbc.sql("SELECT * FROM vote_estimate WHERE project = ?")
        .param(project)
        .query(
            row -> {
              found.put(row.getString("assertion"), estimated(row));
            });
    return found;
  }

  /** Of an assertion's flags, as far as the votes tell. */
  public static Precision precision(Map<String, Estimated> estimates, String assertion) {
    Estimated found = estimates.get(assertion);
    return found == null ? new Precision.Unknown() : found.precision();
  }

  private static Estimated estimated(ResultSet row) throws SQLException {
    double value = row.getDouble("value");
    boolean unknown = row.wasNull();
    long flags = row.getLong("flags");
    return new Estimated(
        row.getString("assertion"),
        unknown ? new Precision.Unknown() : new Precision.Estimated(value, flags),
        flags,
        row.getLong("shared"),
        Optional.ofNullable(row.getString("lack")).map(Lack::valueOf),
        count(row, "judged"),
        count(row, "violated"));
  }

  private static OptionalLong count(ResultSet row, String column) throws SQLException {
    long count = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(count);
  }

  /** Of each stream with rules, by name. */
  public List<Counted> counts(String project) {
    return jdbc.sql(
            "SELECT stream, counted, voters, patterns::text AS patterns FROM vote_count"
                + " WHERE project = ? ORDER BY stream")
        .param(project)
        .query(
            (row, number) ->
                new Counted(
                    row.getString("stream"),
                    row.getObject("counted", OffsetDateTime.class).toInstant(),
                    votes(row.getArray("voters"), row.getString("patterns"))))
        .list();
  }

  private static VoteCounts votes(Array voters, String patterns) throws SQLException {
    var votes = new VoteCounts(List.of((String[]) voters.getArray()), VoteReading.CLASSES);
    for (VoteCounts.Pattern one : JSON.readValue(patterns, VoteCounts.Pattern[].class)) {
      votes.add(one.votes().stream().mapToInt(Integer::intValue).toArray(), one.times());
    }
    return votes;
  }

  /**
   * What was counted and estimated of a stream; the next time takes its place.
   *
   * @param estimates of its assertions
   */
  @Transactional
  public void write(
      String project, String stream, VoteCounts votes, List<Estimate> estimates, Instant now) {
    jdbc.sql(
            """
            INSERT INTO vote_count (project, stream, counted, events, voters, patterns) VALUES (?, ?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (project, stream) DO UPDATE SET counted = excluded.counted, events = excluded.events,
              voters = excluded.voters, patterns = excluded.patterns\
            """)
        .params(
            project,
            stream,
            time(now),
            votes.items(),
            votes.voters().toArray(String[]::new),
            JSON.writeValueAsString(votes.patterns()))
        .update();
    for (Estimate one : estimates) {
      OptionalDouble share = one.precision().share();
      jdbc.sql(
              """
              INSERT INTO vote_estimate (project, assertion, stream, value, lack, flags, shared, counted)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (project, assertion) DO UPDATE SET stream = excluded.stream, value = excluded.value,
                lack = excluded.lack, flags = excluded.flags, shared = excluded.shared, counted = excluded.counted\
              """)
          .param(project)
          .param(one.voter())
          .param(stream)
          .param(share.isPresent() ? share.getAsDouble() : null)
          .param(one.lack().map(Enum::name).orElse(null))
          .param(one.flags())
          .param(one.shared())
          .param(time(now))
          .update();
    }
  }

  /** Notes what assertions have judged lately, those that judged nothing too. */
  @Transactional
  public void writeJudged(String project) {
    jdbc.sql(
            """
            UPDATE vote_estimate v SET judged = coalesce(c.judged, 0), violated = coalesce(c.violated, 0)
            FROM vote_estimate o LEFT JOIN (
              SELECT assertion, sum(held + violated) AS judged, sum(violated) AS violated FROM count_minute
              WHERE project = ? AND minute > (SELECT max(minute) FROM count_minute WHERE project = ?) - ?::interval
              GROUP BY assertion) c ON c.assertion = o.assertion
            WHERE v.project = ? AND o.project = v.project AND o.assertion = v.assertion\
            """)
        .params(project, project, LOOKED_BACK.toString(), project)
        .update();
  }

  /** Forgets what was said of streams and assertions that no rules in force have any more. */
  @Transactional
  public void keepOnly(String project, List<String> streams, List<String> assertions) {
    for (String table : List.of("voted_event", "vote_count")) {
      jdbc.sql("DELETE FROM " + table + " WHERE project = ? AND NOT stream = ANY (?)")
          .params(project, streams.toArray(String[]::new))
          .update();
    }
    jdbc.sql("DELETE FROM vote_estimate WHERE project = ? AND NOT assertion = ANY (?)")
        .params(project, assertions.toArray(String[]::new))
        .update();
  }
}
