package io.assay.web.votes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every now and then whose votes are to be counted. */
@Component
class VoteClock {
  private static final Logger LOG = LoggerFactory.getLogger(VoteClock.class);

  private final VoteTaking taking;
  private final JdbcClient jdbc;

  VoteClock(VoteTaking taking, JdbcClient jdbc) {
    this.taking = taking;
    this.jdbc = jdbc;
  }

  @Scheduled(
      fixedDelayString = "${assay.labels.look-every:30s}",
      initialDelayString = "${assay.labels.look-every:30s}")
  void look() {
    for (String project : jdbc.sql("SELECT name FROM project").query(String.class).list()) {
      try {
        taking.tick(project);
      } catch (RuntimeException failure) {
        LOG.warn("votes of {} are counted again later: {}", project, failure.toString());
      }
    }
  }
}
