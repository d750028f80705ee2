package io.assay.web.rates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was judged by declared slices of streams, from the roll-up of a range's steps alone. */
@Repository
public class SliceRates {
  private static final String FROM =
      " FROM slice_span WHERE project = ? AND assertion = ANY (?) AND span = ? AND begins >= ? AND"
          + " begins < ?";
  private static final String SUMS =
      "sum(judged) AS judged, sum(violated) AS violated, sum(undecided) AS undecided";

  private final JdbcClient jdbc;

  SliceRates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What was judged at events with one value of a slice.
   *
   * @param value {@code true}, {@code false}, or {@code undecided} where the slice had none
   * @param step of the period; 0 where it is of all steps
   */
  public record Sliced(String assertion, String slice, String value, int step, Counted counted) {
    /** As rules would write it: {@code night}, {@code !night}; {@code night undecided}. */
    public String name() {
      return switch (value) {
        case "true" -> slice;
        case "false" -> '!' + slice;
        default -> slice + ' ' + value;
      };
    }
  }

  /** Of one assertion, step by step; in order of slices, in each true, false and undecided. */
  public List<Sliced> steps(String project, String assertion, Period period) {
    return jdbc.sql(
            "SELECT assertion, slice, value, begins, %s%s".formatted(SUMS, FROM)
                + " GROUP BY assertion, slice, value, begins ORDER BY slice, value = 'undecided',"
                + " value DESC, begins")
        .params(parameters(project, List.of(assertion), period))
        .query((row, number) -> sliced(row, step(row, period)))
        .list();
  }

  /** Of some assertions, over all of the period; in the same order of slices and values. */
  public List<Sliced> sums(String project, Collection<String> assertions, Period period) {
    return jdbc.sql(
            "SELECT assertion, slice, value, %s%s".formatted(SUMS, FROM)
                + " GROUP BY assertion, slice, value ORDER BY slice, value = 'undecided', value"
                + " DESC, assertion")
        .params(parameters(project, assertions, period))
        .query((row, number) -> sliced(row, 0))
        .list();
  }

  private static List<Object> parameters(
      String project, Collection<String> assertions, Period period) {
    return List.of(
        project,
        assertions.toArray(String[]::new),
        period.range().step().toMinutes(),
        period.startTime(),
        period.endTime());
  }

  private static int step(ResultSet row, Period period) throws SQLException {
    return period.step(row.getObject("begins", OffsetDateTime.class).toInstant());
  }

  private static Sliced sliced(ResultSet row, int step) throws SQLException {
    long judged = row.getLong("judged");
    long violated = row.getLong("violated");
    return new Sliced(
        row.getString("assertion"),
        row.getString("slice"),
        row.getString("value"),
        step,
        new Counted(0, 0, judged, judged - violated, violated, row.getLong("undecided"), 0));
  }
}
