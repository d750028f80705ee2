package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.weaklabel.RateChange;
import io.assay.assertion.weaklabel.RateChange.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether a round was worth it: rates before and after the model that learned from it. */
@Component
class RoundProof {
  /** As long before as after, and no longer: what was a month ago is another time. */
  private static final Duration LONGEST = Duration.ofDays(14);

  private final JdbcClient jdbc;

  RoundProof(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Of a round.
   *
   * @param version that learned from it; null while none is known, and then there are no changes
   * @param since event time from which on it is judged
   * @param changes of all assertions that both times have judged, those of the round first
   */
  record Proof(@Nullable String version, @Nullable Instant since, List<Change> changes) {}

  /**
   * Of an assertion.
   *
   * @param ofRound whether the round has items of it: the others show what changed beside
   * @param difference after less before, with its 95 % interval
   * @param outcome fell, rose or not-told
   */
  record Change(
      String assertion,
      boolean ofRound,
      double before,
      double after,
      double difference,
      double low,
      double high,
      String outcome) {}

  Proof of(String project, LabelRound round) {
    if (round.learnedFrom().isEmpty()) {
      return new Proof(null, null, List.of());
    }
    Instant since = round.learnedFrom().get();
    String version = round.trained().orElse(null);
    Map<String, List<Stretch>> before = hours(project, since.minus(LONGEST), since);
    Map<String, List<Stretch>> after = hours(project, since, since.plus(LONGEST));
    var ofRound =
        new TreeSet<>(
            jdbc.sql("SELECT DISTINCT assertion FROM label_item WHERE project = ? AND round = ?")
                .params(project, round.number())
                .query(String.class)
                .list());
    List<Change> changes = new ArrayList<>();
    for (String assertion : new TreeSet<>(before.keySet())) {
      List<Stretch> old = before.getOrDefault(assertion, List.of());
      List<Stretch> now = after.getOrDefault(assertion, List.of());
      if (judged(old) > 0 && judged(now) > 0) {
        changes.add(change(assertion, ofRound.contains(assertion), RateChange.of(old, now)));
      }
    }
    changes.sort((a, b) -> Boolean.compare(b.ofRound(), a.ofRound()));
    return new Proof(version, since, changes);
  }

  private static Change change(String assertion, boolean ofRound, RateChange change) {
    return new Change(
        assertion,
        ofRound,
        change.before(),
        change.after(),
        change.difference(),
        change.interval().low(),
        change.interval().high(),
        change.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static long judged(List<Stretch> stretches) {
    return stretches.stream().mapToLong(Stretch::judged).sum();
  }

  private Map<String, List<Stretch>> hours(String project, Instant from, Instant to) {
    Map<String, List<Stretch>> found = new HashMap<>();
    jdbc.sql(
            "SELECT assertion, date_trunc('hour', minute) AS hour, sum(violated) AS violated,"
                + " sum(violated + held) AS judged FROM count_minute"
                + " WHERE project = ? AND minute >= ? AND minute < ? GROUP BY assertion, hour"
                + " ORDER BY assertion, hour")
        .params(project, time(from), time(to))
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getString("assertion"), name -> new ArrayList<>())
                  .add(new Stretch(row.getLong("violated"), row.getLong("judged")));
            });
    return found;
  }
}
