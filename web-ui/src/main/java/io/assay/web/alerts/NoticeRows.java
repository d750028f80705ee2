package io.assay.web.alerts;

import io.assay.assertion.rule.ir.Route;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Where notices stand, each with a delivery for every target; they are sent once committed. */
@Component
public class NoticeRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  NoticeRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds one, in the transaction of what it tells; returns its number. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long add(Notice notice, List<Route.Target> targets) {
    var at = notice.at().atOffset(ZoneOffset.UTC);
    long id =
        jdbc.sql(
                "INSERT INTO alert_notice (project, route, group_key, status, reason, body,"
                    + " created) VALUES (?, ?, ?, ?, ?, ?::json, ?) RETURNING id")
            .params(
                notice.project(),
                notice.route(),
                notice.groupKey(),
                notice.status().name(),
                notice.reason().name(),
                JSON.writeValueAsString(notice),
                at)
            .query(Long.class)
            .single();
    for (int target = 0; target < targets.size(); target++) {
      Route.Target to = targets.get(target);
      jdbc.sql(
              "INSERT INTO alert_delivery (notice, target, project, receiver, address, next)"
                  + " VALUES (?, ?, ?, ?, ?, ?)")
          .params(id, target, notice.project(), to.receiver().name(), to.address(), at)
          .update();
    }
    return id;
  }
}
