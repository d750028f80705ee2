package io.assay.web.rounds;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every now and then what is due with rounds. */
@Component
class RoundClock {
  private static final Logger LOG = LoggerFactory.getLogger(RoundClock.class);

  private final Rounds rounds;
  private final JdbcClient jdbc;

  RoundClock(Rounds rounds, JdbcClient jdbc) {
    this.rounds = rounds;
    this.jdbc = jdbc;
  }

  @Scheduled(
      fixedDelayString = "${assay.labels.look-every:30s}",
      initialDelayString = "${assay.labels.look-every:30s}")
  void look() {
    for (String project : jdbc.sql("SELECT name FROM project").query(String.class).list()) {
      try {
        rounds.tick(project);
      } catch (RuntimeException failure) {
        LOG.warn("rounds of {} are looked at again later: {}", project, failure.toString());
      }
    }
  }
}
