package io.assay.web.rounds;

import io.assay.assertion.weaklabel.RateChange;
import io.assay.web.system.Moment;
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
  private static final int ROUNDS = 3;

  private final RoundStore store;
  private final ProofSums sums;
  private final JdbcClient jdbc;

  AssertionProof(RoundStore store, ProofSums sums, JdbcClient jdbc) {
    this.store = store;
    this.sums = sums;
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
    ProofSums.Sides sides = sums.of(project, assertion, since);
    if (!sides.areBoth()) {
      return Optional.empty();
    }
    RateChange change = RateChange.of(sides.before().orElseThrow(), sides.after().orElseThrow());
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
}
