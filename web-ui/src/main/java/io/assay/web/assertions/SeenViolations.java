package io.assay.web.assertions;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.rates.Period;
import io.assay.web.violations.Evidence;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What violations of an assertion were judged by, of those whose evidence is kept. */
@Component
class SeenViolations {
  /** Each lies elsewhere on the disk, and a page needs them soon. */
  static final int NEWEST = 1_500;

  /** Of the period, likewise. */
  static final int REVIEWED = 500;

  /** What it was compared by, without the events, which are most of it. */
  private static final String COMPARED = "(v.evidence -> 'values')::text";

  private static final String WITHIN =
      " v.project = ? AND v.assertion = ? AND v.at >= ? AND v.at < ? AND v.day BETWEEN ? AND ?";

  private final JdbcClient jdbc;

  SeenViolations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One of them.
   *
   * @param values with what is private masked
   * @param finding of those that were looked at
   */
  record Seen(List<Evidence.Value> values, Optional<Finding> finding) {}

  /** The newest of a period, with evidence; without what was found of them. */
  List<Seen> newest(String project, String assertion, Period period) {
    return jdbc.sql(
            "SELECT "
                + COMPARED
                + " FROM violation v WHERE"
                + WITHIN
                + " ORDER BY v.at DESC, v.id LIMIT "
                + NEWEST)
        .params(params(project, assertion, period))
        .query((row, number) -> seen(row.getString(1), null))
        .list();
  }

  /** Those of a period that people found something of; of known answers nothing is told. */
  List<Seen> reviewed(String project, String assertion, Period period) {
    return jdbc.sql(
            "SELECT "
                + COMPARED
                + ", i.finding FROM label_item i JOIN violation v ON v.project ="
                + " i.project AND v.day = i.day AND v.id = i.violation WHERE"
                + WITHIN
                + " AND i.assertion = v.assertion AND i.finding IS NOT NULL AND i.event IS NULL"
                + " AND i.gold IS NULL ORDER BY v.at DESC, v.id LIMIT "
                + REVIEWED)
        .params(params(project, assertion, period))
        .query((row, number) -> seen(row.getString(1), row.getString(2)))
        .list();
  }

  private static List<Object> params(String project, String assertion, Period period) {
    LocalDate first = LocalDate.ofInstant(period.start(), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(period.end(), ZoneOffset.UTC);
    return List.of(project, assertion, period.startTime(), period.endTime(), first, last);
  }

  private static Seen seen(@Nullable String values, @Nullable String finding) {
    return new Seen(
        values == null ? List.of() : Evidence.values(JsonMapper.shared().readTree(values), false),
        Optional.ofNullable(finding).map(Finding::valueOf));
  }
}
