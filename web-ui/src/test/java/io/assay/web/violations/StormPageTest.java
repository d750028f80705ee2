package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pages say of violations of which no evidence is kept. */
class StormPageTest {
  private static BrowsingClient viewer;
  private static String day;

  @BeforeAll
  static void plant() throws SQLException {
    Installation here = Installation.shared();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('stormy', 'Stormy')");
      statement.execute(
          """
          INSERT INTO evidence_hour (project, hour, assertion, violations, kept, firsts, openers, worst_ids, severities)
          SELECT 'stormy', TIMESTAMPTZ '2026-03-01T12:00:00Z', 'flood', 500, 20, 10, 0, '{}'::uuid[], '{}'::float8[]
          UNION ALL SELECT 'stormy', TIMESTAMPTZ '2026-03-01T13:00:00Z', 'quiet', 7, 7, 7, 0, '{}'::uuid[], '{}'::float8[]\
          """);
      statement.execute(
          """
          INSERT INTO violation_counted (project, day, id, source_partition, source_offset)
          SELECT 'stormy', max(day), '0123456789abcdef0123456789abcdef', 3, 4711 FROM violation\
          """);
      try (var row = statement.executeQuery("SELECT max(day)::text FROM violation")) {
        assertThat(row.next()).isTrue();
        day = row.getString(1);
      }
    }
    String password = here.add("stormy", "storm-watcher", Role.VIEWER);
    viewer = here.anonymous();
    viewer.login("storm-watcher", password);
  }

  @Test
  void theListSaysThatThereWereMoreThanAreKept() {
    String said = "in the fullest hours 500 violations, of which 20 are kept";
    assertThat(viewer.get("/p/stormy/violations").body()).contains(said);
    assertThat(viewer.get("/p/stormy/violations?assertion=flood").body()).contains(said);
    assertThat(viewer.get("/p/stormy/violations?assertion=quiet").body())
        .doesNotContain("in the fullest hours");
    assertThat(
            viewer
                .get("/p/stormy/violations?from=2026-03-01T13:00:00Z&to=2026-03-02T00:00:00Z")
                .body())
        .doesNotContain("in the fullest hours");
  }

  @Test
  void oneThatIsOnlyCountedSaysWhereKafkaHadIt() {
    var answer = viewer.get("/p/stormy/violations/" + day + "/0123456789abcdef0123456789abcdef");
    assertThat(answer.body())
        .contains("A violation that is only counted", "assay.violations", "4711");
    assertThat(
            viewer
                .get("/p/stormy/violations/" + day + "/0123456789abcdef0123456789abcdee")
                .statusCode())
        .isEqualTo(404);
  }
}
