package io.assay.web.retention;

import io.assay.web.system.EachProject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Has what is over go every now and then, by one instance at a time. */
@Component
class RetentionClock {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionClock.class);

  private final Dropping dropping;
  private final EachProject projects;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  RetentionClock(
      Dropping dropping, EachProject projects, JdbcClient jdbc, TransactionTemplate transactions) {
    this.dropping = dropping;
    this.projects = projects;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Scheduled(
      initialDelayString = "${assay.retention.after:PT2M}",
      fixedDelayString = "${assay.retention.every:PT10M}")
  void look() {
    try {
      if (mine()) {
        dropping.dropDays();
        projects.look("old rows", dropping::drop);
      }
    } catch (RuntimeException failure) {
      LOG.warn("old rows are looked at again later: {}", failure.toString());
    }
  }

  /**
   * Two that do it at once do no harm, and the work twice: the turn is one instance's for a while.
   */
  private boolean mine() {
    return Boolean.TRUE.equals(
        transactions.execute(
            status ->
                jdbc.sql(
                        """
                        INSERT INTO alert_lease AS known (name, holder, until, token)
                        VALUES ('retention', ?, clock_timestamp() + interval '5 minutes', 1)
                        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                        WHERE known.until < clock_timestamp() OR known.holder = excluded.holder
                        RETURNING true\
                        """)
                    .param(
                        Integer.toHexString(System.identityHashCode(this))
                            + '-'
                            + ProcessHandle.current().pid())
                    .query(Boolean.class)
                    .optional()
                    .isPresent()));
  }
}
