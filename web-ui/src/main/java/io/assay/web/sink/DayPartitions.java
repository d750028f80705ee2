package io.assay.web.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of {@code violation} and {@code violation_counted}, one a day each, made before
 * the rows that need them.
 *
 * <p>A partition is made as a table of its own and then attached: that lets readers and writers of
 * the other days go on, which {@code CREATE TABLE … PARTITION OF} would not.
 */
final class DayPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(DayPartitions.class);

  /** Any number that no other advisory lock of the database uses. */
  private static final long LOCK = 0x61737361795f6461L;

  /** Each partition locks about ten objects until the commit; PostgreSQL has room for thousands. */
  private static final int AT_ONCE = 25;

  private static final int MOST_KNOWN = 200_000;
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu_MM_dd");

  private static final List<String> PARENTS = List.of("violation", "violation_counted");

  private final Set<LocalDate> known = new TreeSet<>();

  /** Makes what is missing, in transactions of its own. */
  void ensure(Connection connection, Collection<LocalDate> days) throws SQLException {
    List<LocalDate> missing = new ArrayList<>();
    for (LocalDate day : new TreeSet<>(days)) {
      if (!known.contains(day)) {
        missing.add(day);
      }
    }
    for (int i = 0; i < missing.size(); i += AT_ONCE) {
      List<LocalDate> some = missing.subList(i, Math.min(missing.size(), i + AT_ONCE));
      make(connection, some);
      if (known.size() > MOST_KNOWN) {
        known.clear();
      }
      known.addAll(some);
    }
  }

  /** Someone else may have dropped partitions, as a retention does: look again. */
  void forget() {
    known.clear();
  }

  private static void make(Connection connection, List<LocalDate> days) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      for (LocalDate day : days) {
        for (String parent : PARENTS) {
          if (!exists(statement, parent, day)) {
            make(statement, parent, day);
          }
        }
      }
      connection.commit();
    } catch (SQLException failure) {
      connection.rollback();
      throw failure;
    }
  }

  private static boolean exists(Statement statement, String parent, LocalDate day)
      throws SQLException {
    try (var found =
        statement.executeQuery(
            "SELECT 1 FROM pg_inherits WHERE inhparent = '%s'::regclass AND inhrelid = to_regclass('%s')"
                .formatted(parent, name(parent, day)))) {
      return found.next();
    }
  }

  private static void make(Statement statement, String parent, LocalDate day) throws SQLException {
    String name = name(parent, day);
    // A detached table of that name is one that a retention has put aside: it is not ours to drop.
    statement.execute("CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(name, parent));
    statement.execute(
        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(parent, name, day, day.plusDays(1)));
    LOG.debug("made partition {}", name);
  }

  static String name(String parent, LocalDate day) {
    return parent + "_" + NAME.format(day);
  }
}
