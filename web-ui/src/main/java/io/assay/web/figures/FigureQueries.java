package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.rates.Period;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    return within(project, period, assertion, Optional.empty(), most);
  }

  /**
   * Likewise, a part of them.
   *
   * @param after the last of the part before; none for the first part
   */
  List<FiguresRecord> within(
      String project, Period period, String assertion, Optional<FiguresPlace> after, int most) {
    List<Object> parameters =
        new ArrayList<>(
            List.of(project, period.startTime(), period.endTime(), assertion, assertion));
    after.ifPresent(
        last -> {
          OffsetDateTime ends = at(last.endMillis());
          parameters.addAll(List.of(ends, ends, last.assertion(), last.group(), last.segment()));
          parameters.add(at(last.startMillis()));
        });
    parameters.add(most);
    return jdbc.sql(
            "select figures::text from window_figures where project = ? and ends > ? and ends <= ?"
                + " and (? = '' or assertion = ?)"
                + (after.isEmpty()
                    ? ""
                    : " and ends <= ? and (ends < ? or (assertion, lines, segment, begins) > (?, ?,"
                        + " ?, ?))")
                + " order by ends desc, assertion, lines, segment, begins limit ?")
        .params(parameters)
        .query(
            (row, number) -> FiguresRecord.read(row.getString(1).getBytes(StandardCharsets.UTF_8)))
        .list();
  }

  private static OffsetDateTime at(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
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
