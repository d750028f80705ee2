package io.assay.web.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.web.access.Role;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** In which segments windows are violated more than elsewhere. */
class SegmentRatesTest {
  private static Installation here;

  @BeforeAll
  static void store() throws SQLException {
    here = Installation.shared();
    LenderWindows.store(here);
  }

  @Test
  void closedWindowsAreCountedBySegment() {
    SegmentRates rates = new SegmentRates(JdbcClient.create(source()));
    var now = Clock.systemUTC().instant();
    Period week = Period.of(Range.WEEK, now, LenderWindows.NEWEST);
    Map<String, Counted> mix = rates.of(Installation.PROJECT, "risk_mix", week);
    assertThat(mix).containsOnlyKeys("region east", "region north", "region south", "region west");
    assertThat(mix.get("region east")).isEqualTo(new Counted(0, 25, 25, 21, 4, 0, 0));
    assertThat(mix.get("region west")).isEqualTo(new Counted(0, 25, 25, 25, 0, 0, 0));
    // Two of each wait for truth.
    assertThat(rates.of(Installation.PROJECT, "calibrated", week).get("region south"))
        .isEqualTo(new Counted(0, 23, 23, 23, 0, 0, 0));
    assertThat(rates.of(Installation.PROJECT, "nothing", week)).isEmpty();
  }

  /** Of an assertion that has been judged: the street's, as if it were cut by region. */
  @Test
  void thePageAndTheApiHaveThemByLift() throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into window_figures (project, assertion, lines, segment, begins, ends, stream, open, figures)
          select project, 'flicker', lines, segment, begins, ends, stream, open, figures
          from window_figures where project = 'default' and assertion = 'risk_mix'\
          """);
      assertByLift();
      statement.execute("delete from window_figures where assertion = 'flicker'");
    }
  }

  private static void assertByLift() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    JsonNode properties =
        JsonMapper.shared()
            .readTree(
                viewer
                    .get("/api/v1/projects/default/assertions/flicker?range=7d", "application/json")
                    .body())
            .path("slices");
    JsonNode segments =
        properties
            .valueStream()
            .filter(one -> one.path("by").asString().equals("segment"))
            .findFirst()
            .orElseThrow();
    assertThat(segments.path("slices").get(0).path("value").asString()).isEqualTo("region east");
    assertThat(segments.path("slices").get(0).path("lift").asDouble()).isCloseTo(4, within(1e-9));
    assertThat(viewer.get("/p/default/assertions/flicker?range=7d").body())
        .contains("By segment of its windows")
        .contains("region east");
  }

  private static DriverManagerDataSource source() {
    var database = here.web().database();
    return new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
  }
}
