package io.assay.drill;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of a drill of alerts: what was counted goes in, what was told comes out. */
final class AlertTablesOfDrill {
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  AlertTablesOfDrill(String url, String user, String password) {
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
  }

  void begin(int alerts) {
    execute(
        """
        INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition, sequence, seen, passed,
          judged, held, violated, undecided, late)
        SELECT 'default', 'a' || i, '', 'camera', date_trunc('minute', now()), 0, 1, 1000, 1000, 1000, 1000, 0, 0, 0
        FROM generate_series(0, %d - 1) i\
        """
            .formatted(alerts));
  }

  /** All at once, so that no look sees a part of it. */
  void violate(BitSet violated) {
    String names = String.join(",", violated.stream().mapToObj(i -> "'a" + i + "'").toList());
    execute(
        "UPDATE count_minute SET minute = date_trunc('minute', now()), violated = "
            + (names.isEmpty()
                ? "0"
                : "CASE WHEN assertion IN (" + names + ") THEN 500 ELSE 0 END"));
  }

  /** Events go on coming, of the same kind. */
  void goOn() {
    execute("UPDATE count_minute SET minute = date_trunc('minute', now())");
  }

  private void execute(String sql) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  long number(String sql) {
    return Long.parseLong(column(sql).getFirst());
  }

  List<String> column(String sql) {
    List<String> found = new ArrayList<>();
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return found;
  }
}
