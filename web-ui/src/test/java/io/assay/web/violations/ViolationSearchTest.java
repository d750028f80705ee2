package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestPostgres;
import io.assay.stream.contract.Topics;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.ViolationSearch.Found;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Some ten thousand violations over three days, of which filters want many, few and none. */
class ViolationSearchTest {
  private static final int ROWS = 24_000;
  private static ViolationSearch search;
  private static SeveritySearch worst;
  private static JdbcClient jdbc;

  @BeforeAll
  static void fill() throws SQLException {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (int day = 1; day <= 4; day++) {
        statement.execute(
            "CREATE TABLE violation_2026_03_0%1$d PARTITION OF violation FOR VALUES FROM ('2026-03-0%1$d') TO ('2026-03-0%2$d')"
                .formatted(day, day + 1));
      }
      // Eight at a time have the same time: only the id orders them.
      statement.execute(
          """
          INSERT INTO violation (project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label,
            span_from, span_to, at, severity, level, mode, sentence, evidence, origin)
          SELECT 'default', (at AT TIME ZONE 'UTC')::date, md5(i::text), 'rule-' || i %% 3, '', 'h', 'stream-' || i %% 2,
            'key-' || i %% 500, '', '', at, at, at, CASE WHEN i %% 4001 = 7 THEN 50 + i ELSE i %% 10 END,
            CASE WHEN i %% 3000 = 11 THEN 'CRITICAL' ELSE 'INFO' END, 'ACTIVE', 'gone for ' || i %% 1000, '{}',
            CASE WHEN i %% 4001 = 7 THEN 'repair' ELSE 'live' END
          FROM generate_series(1, %d) i,
            LATERAL (SELECT TIMESTAMPTZ '2026-03-01 22:00:00Z' + i / 8 * interval '80 seconds' AS at) t\
          """
              .formatted(ROWS));
      statement.execute(
          """
          INSERT INTO violation_hour (project, hour, assertion, stream, level, mode, violations, worst, highest)
          SELECT project, date_trunc('hour', at, 'UTC'), assertion, stream, level, mode,
            count(*) FILTER (WHERE origin = 'live'), coalesce(max(severity) FILTER (WHERE origin = 'live'), 0), max(severity)
          FROM violation GROUP BY 1, 2, 3, 4, 5, 6\
          """);
    }
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    jdbc = JdbcClient.create(source);
    var keys = new PrivateKeys(ActiveRules.none(new Topics("searched")));
    search = new ViolationSearch(jdbc, keys);
    worst = new SeveritySearch(jdbc, keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assertion=rule-1&from=2026-03-02T03:00:00Z&to=2026-03-02T09:30:00Z",
        "key=key-7",
        "key=key-7&assertion=rule-2",
        "severity=40",
        "severity=40&assertion=rule-1",
        "severity=40&stream=stream-1",
        "level=critical",
        "level=critical&key=key-11",
        "text=gone for 777",
        "text=GONE FOR 777&to=2026-03-03T00:00:00Z",
        "text=nowhere",
        "severity=100000000",
        "assertion=rule-9"
      })
  void pageByPageAllThatFitIsFoundInOrderAndOnce(String query) {
    ViolationFilter filter = filter(query);
    List<String> wanted = wanted(query, "at DESC, id");
    List<String> found = new ArrayList<>();
    Optional<TimePlace> place = Optional.empty();
    int asked = 0;
    boolean more = true;
    while (more && asked++ < 200) {
      Found part = search.older("default", filter, place, 20, true);
      part.rows().forEach(row -> found.add(row.id()));
      place =
          part.rows().size() == 20 ? Optional.of(part.rows().getLast().cursor()) : part.reached();
      more = place.isPresent();
    }
    assertThat(found).isEqualTo(wanted);
    assertThat(asked).isLessThanOrEqualTo(wanted.size() / 20 + 3);
    var from = new TimePlace(Instant.parse("2026-03-01T00:00:00Z"), "");
    Found oldest = search.newer("default", filter, Optional.of(from), 20, true);
    if (oldest.reached().isEmpty()) {
      assertThat(oldest.rows().stream().map(ViolationRow::id))
          .containsExactlyElementsOf(
              wanted.subList(Math.max(0, wanted.size() - 20), wanted.size()));
    }
  }

  /** Ten severities that thousands share, and a few of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=2026-03-01T00:00:00Z",
        "severity=9",
        "severity=9.5",
        "assertion=rule-1&from=2026-03-02T03:00:00Z&to=2026-03-02T09:30:00Z",
        "assertion=rule-1&severity=8",
        "key=key-7",
        "level=critical",
        "text=gone for 777&stream=stream-1",
        "text=nowhere",
        "assertion=rule-9"
      })
  void pageByPageTheMostSevereComeFirstEachOnce(String query) {
    ViolationFilter filter = filter(query + "&sort=severity");
    List<String> wanted = wanted(query, "severity DESC, at DESC, id");
    List<String> found = new ArrayList<>();
    Optional<SeverityPlace> place = Optional.empty();
    int asked = 0;
    boolean more = true;
    while (more && asked++ < 2_000) {
      SeveritySearch.Found part = worst.worst("default", filter, place, 100, true);
      part.rows().forEach(row -> found.add(row.id()));
      place =
          part.rows().size() == 100
              ? Optional.of(SeverityPlace.of(part.rows().getLast()))
              : part.reached();
      // An address has it as a text.
      place = place.flatMap(one -> SeverityPlace.read(one.text()));
      more = place.isPresent();
    }
    assertThat(found).isEqualTo(wanted);
    assertThat(asked).isLessThanOrEqualTo(wanted.size() / 100 + 3);
  }

  /** What a page of a list costs must not grow with how many share a severity. */
  @Test
  void whatIsBehindAPlaceIsReadFromTheIndexAlone() {
    jdbc.sql("ANALYZE violation").update();
    List<String> plan =
        jdbc.sql(
                """
                EXPLAIN SELECT id FROM violation WHERE project = 'default' AND severity = 3
                  AND day <= '2026-03-02' AND at <= '2026-03-02T12:00:00Z'
                  AND (at < '2026-03-02T12:00:00Z' OR id > 'a')
                ORDER BY severity DESC, at DESC, id LIMIT 51\
                """)
            .query(String.class)
            .list();
    assertThat(plan).anyMatch(line -> line.contains("Index") && line.contains("severity"));
    assertThat(plan)
        .anyMatch(line -> line.contains("Index Cond") && line.contains("at <="))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  /** Twenty thousand at most are looked at for one request. */
  @Test
  void whoeverAsksForAWordIsToldHowFarWasLooked() {
    Found found = search.older("default", filter("text=nowhere"), Optional.empty(), 20, true);
    assertThat(found.rows()).isEmpty();
    Instant reached = found.reached().orElseThrow().at();
    assertThat(
            jdbc.sql("SELECT count(*) FROM violation WHERE at >= ?::timestamptz")
                .param(reached.toString())
                .query(Long.class)
                .single())
        .isBetween(20_000L, 20_008L);
    assertThat(search.older("default", filter("text=nowhere"), found.reached(), 20, true))
        .isEqualTo(new Found(List.of(), Optional.empty()));
  }

  private static ViolationFilter filter(String query) {
    var all = new java.util.HashMap<String, String>();
    for (String one : query.split("&")) {
      all.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }
    ViolationFilter filter = ViolationFilter.of(Map.copyOf(all));
    assertThat(filter.problems()).isEmpty();
    return filter;
  }

  /** By one look at everything. */
  private static List<String> wanted(String query, String order) {
    var sql = new StringBuilder("SELECT id FROM violation WHERE true");
    List<Object> values = new ArrayList<>();
    for (String one : query.split("&")) {
      values.add(one.substring(one.indexOf('=') + 1));
      sql.append(
          switch (one.substring(0, one.indexOf('='))) {
            case "assertion" -> " AND assertion = ?";
            case "stream" -> " AND stream = ?";
            case "key" -> " AND key = ?";
            case "severity" -> " AND severity >= ?::float8";
            case "level" -> " AND level = upper(?)";
            case "text" -> " AND lower(sentence) LIKE '%' || lower(?) || '%'";
            case "from" -> " AND at >= ?::timestamptz";
            case "to" -> " AND at < ?::timestamptz";
            default -> throw new IllegalArgumentException(one);
          });
    }
    return jdbc.sql(sql.append(" ORDER BY " + order).toString())
        .params(values)
        .query(String.class)
        .list();
  }
}
