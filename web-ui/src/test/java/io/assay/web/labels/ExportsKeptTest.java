package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long exports are kept. */
class ExportsKeptTest {
  private final Installation here = Installation.shared();

  @Test
  void theyGoAfterSevenDaysAlsoWhereNobodyStartsAnother() throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO export_run (project, id, format, outside, fps, clear, by, at, status, alive)
          SELECT 'kept', days::text, 'json-lines', 'mask', 25, false, 'someone', at, 'DONE', at
          FROM generate_series(6, 8) days, LATERAL (SELECT now() - days * interval '1 day' + interval '1 hour' AS at) t\
          """);
      statement.execute(
          "INSERT INTO export_chunk SELECT project, id, 0, 'x' FROM export_run WHERE project ="
              + " 'kept'");
    }
    ExportRuns runs = here.web().running().context().getBean(ExportRuns.class);
    new ExportClock(runs).look();
    assertThat(runs.newest("kept", Optional.empty(), 50))
        .extracting(ExportRun::id)
        .containsExactly("6", "7");
    assertThat(runs.one("kept", "8")).isEmpty();
  }
}
