package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.stream.contract.FiguresRecord.Line;
import io.assay.stream.contract.FiguresRecord.Part;
import io.assay.web.rates.Period;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at series, which is what one segment of the lines of an assertion comes to from window to
 * window. Their newest and their trends are read by the key, so that a look costs by how many
 * series there are, not by how many windows.
 */
@Component
class SeriesQueries {
  private static final String NEWEST =
      """
      WITH RECURSIVE series AS (
        (SELECT assertion, lines, segment FROM window_figures
          WHERE project = :project {of}
          ORDER BY assertion, lines, segment LIMIT 1)
        UNION ALL
        SELECT following.* FROM series s CROSS JOIN LATERAL (
          SELECT assertion, lines, segment FROM window_figures
          WHERE project = :project AND (assertion, lines, segment) > (s.assertion, s.lines, s.segment)
            {of}
          ORDER BY assertion, lines, segment LIMIT 1) following)
      SELECT newest.brief::text, judged.brief::text
      FROM (SELECT * FROM series LIMIT :most) s
        CROSS JOIN LATERAL (SELECT begins, ends, open, brief FROM window_figures
          WHERE project = :project AND assertion = s.assertion AND lines = s.lines AND segment = s.segment
            AND begins < :end ORDER BY begins DESC LIMIT 1) newest
        LEFT JOIN LATERAL (SELECT brief FROM window_figures
          WHERE project = :project AND assertion = s.assertion AND lines = s.lines AND segment = s.segment
            AND begins < newest.begins AND begins > :start - (newest.ends - newest.begins) AND NOT open
            AND jsonb_path_exists(brief, '$.figures[*].value ? (@ != null)')
          ORDER BY begins DESC LIMIT 1) judged
          ON newest.open OR NOT jsonb_path_exists(newest.brief, '$.figures[*].value ? (@ != null)')
      WHERE newest.ends > :start
      ORDER BY newest.ends DESC, s.assertion, s.lines, s.segment\
      """;

  private static final String TRENDS =
      """
      SELECT place.number, step, (SELECT (f ->> 'value')::float8
        FROM jsonb_array_elements(last.brief -> 'figures') f
        WHERE f ->> 'function' = place.function AND f ->> 'of' = place.subject AND f ->> 'against' = place.against LIMIT 1)
      FROM unnest(:assertions::text[], :lines::text[], :segments::text[], :functions::text[], :subjects::text[],
          :againsts::text[])
          WITH ORDINALITY AS place (assertion, lines, segment, function, subject, against, number)
        CROSS JOIN generate_series(0, :steps - 1) step
        CROSS JOIN LATERAL (SELECT brief FROM window_figures
          WHERE project = :project AND assertion = place.assertion AND lines = place.lines AND segment = place.segment
            AND begins >= :start + step * make_interval(secs => :seconds)
            AND begins < :start + (step + 1) * make_interval(secs => :seconds)
          ORDER BY begins DESC LIMIT 1) last\
      """;

  /**
   * The period is written so that no index has it: of a prepared statement PostgreSQL takes it for
   * rare, and would read the windows of all assertions by the index of time.
   */
  private static final String WINDOWS =
      """
      SELECT stream, segment, begins, ends, open, (brief ->> 'events')::bigint AS events,
        (brief ->> 'units')::bigint AS units, (brief ->> 'truths')::bigint AS truths,
        brief ->> 'lines' AS outcomes, f ->> 'name' AS name, (f ->> 'value')::float8 AS value,
        (f ->> 'uncorrected')::float8 AS uncorrected, (f ->> 'low')::float8 AS low, (f ->> 'high')::float8 AS high,
        (f ->> 'limit')::float8 AS bound, (f ->> 'estimated')::boolean AS estimated
      FROM window_figures
        LEFT JOIN LATERAL (SELECT f FROM jsonb_array_elements(brief -> 'figures') f
          WHERE f ->> 'function' = :function AND f ->> 'of' = :subject AND f ->> 'against' = :against LIMIT 1) one
          ON true
      WHERE project = :project AND assertion = :assertion AND lines = :lines
        AND ends - :start::timestamptz > interval '0' AND ends - :end::timestamptz <= interval '0'
      ORDER BY begins DESC, segment LIMIT :most\
      """;

  private static final String ONE =
      """
      SELECT figures::text FROM window_figures
      WHERE project = :project AND assertion = :assertion AND lines = :lines AND segment = :segment
        AND begins = :begins\
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  SeriesQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One figure of one series. */
  record Place(
      String assertion,
      String lines,
      String segment,
      String function,
      String subject,
      String against) {
    boolean isOf(Figure figure) {
      return figure.function().equals(function)
          && figure.of().equals(subject)
          && figure.against().equals(against);
    }

    /** The same of another segment. */
    Place of(String other) {
      return new Place(assertion, lines, other, function, subject, against);
    }
  }

  /**
   * Of each series the newest window of the period; and the newest that is judged and came to a
   * number, where that one is not. The newest first.
   *
   * @param assertion empty for all
   * @param most series at most, by their names
   */
  List<FiguresRecord> newest(String project, Period period, String assertion, int most) {
    List<FiguresRecord> found = new ArrayList<>();
    jdbc.sql(NEWEST.replace("{of}", assertion.isEmpty() ? "" : "AND assertion = :assertion"))
        .param("project", project)
        .param("assertion", assertion)
        .param("start", period.startTime())
        .param("end", period.endTime())
        .param("most", most)
        .query(
            row -> {
              found.add(read(row.getString(1)));
              Optional.ofNullable(row.getString(2)).map(SeriesQueries::read).ifPresent(found::add);
            });
    return found;
  }

  /**
   * What figures came to over a period, in equal steps: of each step the window that began last in
   * it; null where there is none, or it came to no number.
   */
  List<@Nullable Double[]> trends(String project, Period period, List<Place> places, int steps) {
    List<@Nullable Double[]> trends = new ArrayList<>();
    places.forEach(place -> trends.add(new Double[steps]));
    jdbc.sql(TRENDS)
        .param("project", project)
        .param("start", period.startTime())
        .param("seconds", (double) period.range().length().toSeconds() / steps)
        .param("steps", steps)
        .param("assertions", texts(places, Place::assertion))
        .param("lines", texts(places, Place::lines))
        .param("segments", texts(places, Place::segment))
        .param("functions", texts(places, Place::function))
        .param("subjects", texts(places, Place::subject))
        .param("againsts", texts(places, Place::against))
        .query(
            row -> {
              trends.get(row.getInt(1) - 1)[row.getInt(2)] = row.getObject(3, Double.class);
            });
    return trends;
  }

  /**
   * A figure's windows within a period, of all segments of its lines, the newest {@code most} of
   * them. They have that figure alone, and not what it is made of, which is most of a window.
   *
   * @param place its segment is of no account
   */
  List<FiguresRecord> windows(String project, Period period, Place place, int most) {
    // Thousands of windows end in a handful of ways.
    Map<String, List<Line>> read = new HashMap<>();
    return jdbc.sql(WINDOWS)
        .param("project", project)
        .param("assertion", place.assertion())
        .param("lines", place.lines())
        .param("function", place.function())
        .param("subject", place.subject())
        .param("against", place.against())
        .param("start", period.startTime())
        .param("end", period.endTime())
        .param("most", most)
        .query((row, number) -> window(project, place, row, read))
        .list();
  }

  /** What a figure of one window is made of; empty where there is no such window any more. */
  List<Part> parts(String project, Place place, Instant begins) {
    return jdbc.sql(ONE)
        .param("project", project)
        .param("assertion", place.assertion())
        .param("lines", place.lines())
        .param("segment", place.segment())
        .param("begins", begins.atOffset(ZoneOffset.UTC))
        .query((row, number) -> read(row.getString(1)))
        .optional()
        .flatMap(record -> record.figures().stream().filter(place::isOf).findFirst())
        .map(Figure::parts)
        .orElse(List.of());
  }

  private static FiguresRecord window(
      String project, Place place, ResultSet row, Map<String, List<Line>> read)
      throws SQLException {
    return new FiguresRecord(
        project,
        row.getString("stream"),
        place.assertion(),
        place.lines(),
        row.getString("segment"),
        row.getObject("begins", OffsetDateTime.class).toInstant().toEpochMilli(),
        row.getObject("ends", OffsetDateTime.class).toInstant().toEpochMilli(),
        row.getLong("events"),
        row.getLong("units"),
        row.getLong("truths"),
        row.getBoolean("open"),
        figure(place, row),
        read.computeIfAbsent(
            row.getString("outcomes"), json -> List.of(JSON.readValue(json, Line[].class))));
  }

  /** The one of the place, without its bins; none where the window has not come to it. */
  private static List<Figure> figure(Place place, ResultSet row) throws SQLException {
    String name = row.getString("name");
    return name == null
        ? List.of()
        : List.of(
            new Figure(
                name,
                place.function(),
                place.subject(),
                place.against(),
                row.getObject("value", Double.class),
                row.getObject("uncorrected", Double.class),
                row.getObject("low", Double.class),
                row.getObject("high", Double.class),
                row.getObject("bound", Double.class),
                row.getBoolean("estimated"),
                List.of()));
  }

  private static String[] texts(List<Place> places, Function<Place, String> part) {
    return places.stream().map(part).toArray(String[]::new);
  }

  private static FiguresRecord read(String json) {
    return FiguresRecord.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
