package io.assay.web.assertions;

import io.assay.web.rates.Period;
import io.assay.web.system.Moment;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When alerts of an assertion began to fire, and were over. */
@Repository
class AlertMarks {
  private static final int MOST = 40;

  private final JdbcClient jdbc;

  AlertMarks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest of the period, oldest first. */
  List<AssertionDetail.Mark> of(String project, String assertion, Period period) {
    return jdbc.sql(
            """
            select at, condition, to_phase from alert_history
            where project = ? and assertion = ? and at >= ? and at < ? and to_phase in ('FIRING', 'RESOLVED')
            order by at desc limit ?\
            """)
        .params(project, assertion, period.startTime(), period.endTime(), MOST)
        .query(
            (row, number) -> {
              var at = new Moment(row.getObject("at", OffsetDateTime.class).toInstant());
              boolean fires = row.getString("to_phase").equals("FIRING");
              return new AssertionDetail.Mark(
                  fires ? "firing" : "resolved",
                  row.getString("condition"),
                  at,
                  period.step(at.instant()));
            })
        .list()
        .reversed();
  }
}
