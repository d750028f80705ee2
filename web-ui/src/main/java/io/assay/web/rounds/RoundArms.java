package io.assay.web.rounds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What each arm of a round has brought, and what labels have brought over the rounds. */
@Component
class RoundArms {
  private final JdbcClient jdbc;

  RoundArms(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Items that an arm drew of an assertion.
   *
   * @param arm {@code gain}, {@code uniform}, {@code random-share} and others
   * @param items that it drew
   * @param done of those, those of which it is known what holds
   * @param errors of those
   * @param yield share of errors among the known; null where none is known
   */
  record Arm(
      String arm, String assertion, long items, long done, long errors, @Nullable Double yield) {
    static Arm of(String arm, String assertion, long items, long done, long errors) {
      return new Arm(
          arm, assertion, items, done, errors, done == 0 ? null : (double) errors / done);
    }
  }

  /**
   * How far labels have come with a round, together with those before it.
   *
   * @param spent labels
   * @param errors that were found with them
   * @param atRandom errors that as many labels of the random share would have found, at its yield
   *     in the rounds so far; null where nothing of it is known
   */
  record Step(long round, long spent, long errors, @Nullable Double atRandom) {}

  /** Of each round from one number to another, in the order of arms. */
  Map<Long, List<Arm>> of(String project, long from, long to) {
    Map<Long, List<Arm>> found = new HashMap<>();
    jdbc.sql(
            "SELECT round, arm, assertion, count(*) AS items, count(*) FILTER (WHERE status IN"
                + " ('AGREED', 'SETTLED')) AS done, count(*) FILTER (WHERE finding = 'ERROR') AS"
                + " errors FROM label_item WHERE project = ? AND round BETWEEN ? AND ?"
                + " GROUP BY round, arm, assertion ORDER BY round, arm, assertion")
        .params(project, from, to)
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getLong("round"), round -> new ArrayList<>())
                  .add(
                      Arm.of(
                          row.getString("arm"),
                          row.getString("assertion"),
                          row.getLong("items"),
                          row.getLong("done"),
                          row.getLong("errors")));
            });
    return found;
  }

  /** Over rounds, the oldest first; {@code arms}: by round. */
  static List<Step> curve(List<Long> rounds, Map<Long, List<Arm>> arms) {
    List<Step> steps = new ArrayList<>();
    long spent = 0;
    long errors = 0;
    long randomSpent = 0;
    long randomErrors = 0;
    for (long round : rounds) {
      for (Arm arm : arms.getOrDefault(round, List.of())) {
        spent += arm.done();
        errors += arm.errors();
        if (arm.arm().equals("random-share")) {
          randomSpent += arm.done();
          randomErrors += arm.errors();
        }
      }
      Double atRandom =
          randomSpent == 0 ? null : (double) spent * (double) randomErrors / (double) randomSpent;
      steps.add(new Step(round, spent, errors, atRandom));
    }
    return steps;
  }
}
