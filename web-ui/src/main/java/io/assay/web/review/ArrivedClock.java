package io.assay.web.review;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every now and then which labels have come. */
@Component
class ArrivedClock {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivedClock.class);

  private final ArrivedLabels labels;
  private final JdbcClient jdbc;

  ArrivedClock(ArrivedLabels labels, JdbcClient jdbc) {
    this.labels = labels;
    this.jdbc = jdbc;
  }

  @Scheduled(
      fixedDelayString = "${assay.labels.look-every:30s}",
      initialDelayString = "${assay.labels.look-every:30s}")
  void look() {
    for (String project : jdbc.sql("SELECT name FROM project").query(String.class).list()) {
      try {
        labels.take(project);
      } catch (RuntimeException failure) {
        LOG.warn("labels of {} are taken as verdicts later: {}", project, failure.toString());
      }
    }
  }
}
