package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.weaklabel.RateChange;
import io.assay.assertion.weaklabel.RateChange.Stretch;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether rounds were worth it for one assertion: its rate before and after what learned from each.
 */
@Component
public class AssertionProof {
  private static final Duration LONGEST = Duration.ofDays(14);
  private static final int ROUNDS = 3;

  private final RoundStore store;
  private final JdbcClient jdbc;

  AssertionProof(RoundStore store, JdbcClient jdbc) {
    this.store = store;
    this.jdbc = jdbc;
  }

  /**
   * Of a round.
   *
   * @param version of the model that learned from it
   * @param since from when on it is judged, event time
   * @param items of the assertion that the round had
   * @param difference after less before, with its 95 % interval
   * @param outcome {@code FELL}, {@code ROSE} or {@code NOT_TOLD}
   */
  public record Change(
      long round,
      String version,
      Moment since,
      long items,
      double before,
      double after,
      double difference,
      double low,
      double high,
      String outcome) {}

  /** Of the last rounds that a model has learned from, the newest first. */
  public List<Change> of(String project, String assertion) {
    List<Change> changes = new ArrayList<>();
    for (LabelRound round : store.all(project, ROUNDS)) {
      round
          .learnedFrom()
          .filter(since -> round.trained().isPresent())
          .flatMap(since -> change(project, assertion, round, since))
          .ifPresent(changes::add);
    }
    return changes;
  }

  private Optional<Change> change(
      String project, String assertion, LabelRound round, Instant since) {
    List<Stretch> before = hours(project, assertion, since.minus(LONGEST), since);
    List<Stretch> after = hours(project, assertion, since, since.plus(LONGEST));
    if (judged(before) == 0 || judged(after) == 0) {
      return Optional.empty();
    }
    RateChange change = RateChange.of(before, after);
    return Optional.of(
        new Change(
            round.number(),
            round.trained().orElse(""),
            new Moment(since),
            items(project, assertion, round.number()),
            change.before(),
            change.after(),
            change.difference(),
            change.interval().low(),
            change.interval().high(),
            change.outcome().name()));
  }

  private long items(String project, String assertion, long round) {
    return jdbc.sql(
            "SELECT count(*) FROM label_item WHERE project = ? AND round = ? AND assertion = ?")
        .params(project, round, assertion)
        .query(Long.class)
        .single();
  }

  private static long judged(List<Stretch> stretches) {
    return stretches.stream().mapToLong(Stretch::judged).sum();
  }

  /** To the minute at both ends, since a version may come within an hour. */
  private List<Stretch> hours(String project, String assertion, Instant from, Instant to) {
    return jdbc.sql(
            "SELECT sum(violated) AS violated, sum(violated + held) AS judged FROM count_minute"
                + " WHERE project = ? AND assertion = ? AND minute >= ? AND minute < ?"
                + " GROUP BY date_trunc('hour', minute) ORDER BY date_trunc('hour', minute)")
        .params(project, assertion, time(from), time(to))
        .query((row, number) -> new Stretch(row.getLong("violated"), row.getLong("judged")))
        .list();
  }
}
