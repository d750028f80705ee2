package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.rates.Period;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the sink has stored of windows. */
@Component
class FigureQueries {
  private final JdbcClient jdbc;

  FigureQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of windows that end within a period, the newest first; {@code assertion}: empty for all. */
  List<FiguresRecord> within(String project, Period period, String assertion, int most) {
    return jdbc.sql(
            "select figures::text from window_figures where project = ? and ends > ? and ends <= ?"
                + " and (? = '' or assertion = ?) order by ends desc, assertion, lines, segment"
                + " limit ?")
        .params(project, period.startTime(), period.endTime(), assertion, assertion, most)
        .query(
            (row, number) -> FiguresRecord.read(row.getString(1).getBytes(StandardCharsets.UTF_8)))
        .list();
  }

  /** Behind the newest window; empty where there is none. */
  Optional<Instant> newest(String project) {
    return jdbc.sql("select ends from window_figures where project = ? order by ends desc limit 1")
        .params(project)
        .query((row, number) -> row.getObject(1, OffsetDateTime.class))
        .optional()
        .map(at -> at.withOffsetSameInstant(ZoneOffset.UTC).toInstant());
  }
}
