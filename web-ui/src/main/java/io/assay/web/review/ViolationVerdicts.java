package io.assay.web.review;

import io.assay.web.system.Refused;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Verdicts where somebody has just looked: of a violation's episode, whether a round has proposed
 * that or not.
 */
@Component
class ViolationVerdicts {
  private final JdbcClient jdbc;
  private final Verdicts verdicts;

  ViolationVerdicts(JdbcClient jdbc, Verdicts verdicts) {
    this.jdbc = jdbc;
    this.verdicts = verdicts;
  }

  /**
   * Writes down what somebody says of a violation's episode.
   *
   * @throws Refused where there is no such violation, or its episode is not known
   */
  ReviewItem give(String project, LocalDate day, String id, String reviewer, Verdicts.Said said) {
    String episode =
        episode(project, day, id)
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.NOT_FOUND,
                        "there is no violation %s/%s with an episode".formatted(day, id)));
    propose(project, episode);
    return verdicts.give(project, episode, reviewer, said);
  }

  private Optional<String> episode(String project, LocalDate day, String id) {
    return jdbc.sql("SELECT episode FROM violation WHERE project = ? AND day = ? AND id = ?")
        .params(project, day, id)
        .query(String.class)
        .optional()
        .filter(episode -> !episode.isEmpty());
  }

  /** What no round has chosen is of round 0: it is in nobody's budget. */
  private void propose(String project, String episode) {
    jdbc.sql(
            """
            INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
              model_version, at, severity, arm, reason, probability, around, rank, needed)
            SELECT project, id, 0, assertion, stream, key, label, worst_day, worst_id, judgement_hash, model_version,
              opened, worst, 'person', 'looked at on its own page', 1, 5, 0, 1
            FROM (SELECT * FROM episode WHERE project = ? AND id = ? FOR SHARE) held
            ON CONFLICT (project, id) DO NOTHING\
            """)
        .params(project, episode)
        .update();
  }
}
