package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One round's samples do not cost what all items of a project do, also where answers are hidden.
 */
class SamplesOfOneRoundTest {
  @Test
  void aRoundIsReadByItsIndexWhereAnswersAreHidden() throws SQLException {
    try (var connection = Installation.shared().web().database().connect();
        var statement = connection.createStatement()) {
      // Taken back at the end, with what was learnt of the table.
      connection.setAutoCommit(false);
      statement.execute(
          """
          insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
            severity, arm, reason, probability, around, rank, gold)
          select 'manyitems', i, i / 100, '', 'camera', 'k', '', '2026-03-01', '', '', '2026-03-01T12:00:00Z', 1,
            'random', '', 1, 0, i, case when i % 1000 = 0 then 'ERROR' end
          from generate_series(1, 30000) i;
          analyze label_item\
          """);
      List<String> plan = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              "explain "
                  + SampleQueries.UNTOLD
                      .replace(":project", "'manyitems'")
                      .replace(":first", "150")
                      .replace(":last", "150")
                      .replace(":reader", "'rita'"))) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
      connection.rollback();
      assertThat(plan)
          .anyMatch(line -> line.contains("label_item_of_round"))
          .anyMatch(line -> line.contains("label_item_gold"))
          .noneMatch(line -> line.contains("Seq Scan on label_item"));
    }
  }
}
