package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.charts.LineChart;
import io.assay.web.charts.LineChart.Point;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Windows for people: fields against their baselines, and predictions against truth. */
@Page
class FigurePages {
  /** Series whose newest windows are looked at: as many as an assertion has lines and segments. */
  static final int MOST_SERIES = 2_000;

  /** Windows of the one that is shown in full that are looked at. */
  static final int MOST_WINDOWS = 10_000;

  private static final int PART = 50;

  /** Points of a trend: as many as its picture has room for. */
  private static final int POINTS = 60;

  private final FigureQueries queries;
  private final SeriesQueries all;
  private final RateQueries rates;
  private final CsvFiles files;
  private final Clock clock;

  FigurePages(
      FigureQueries queries, SeriesQueries all, RateQueries rates, CsvFiles files, Clock clock) {
    this.queries = queries;
    this.all = all;
    this.rates = rates;
    this.files = files;
    this.clock = clock;
  }

  /**
   * The list, in parts, and one in full.
   *
   * @param track which one is shown in full; the first where none is named
   * @param after behind which of them the list begins; empty at the first
   */
  @GetMapping("/p/{project}/distributions")
  String distributions(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String track,
      @RequestParam(defaultValue = "") String segment,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    return show(Topic.DISTRIBUTIONS, project, range, assertion, track, segment, after, model);
  }

  /** Likewise. */
  @GetMapping("/p/{project}/truth")
  String truth(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String track,
      @RequestParam(defaultValue = "") String segment,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    return show(Topic.TRUTH, project, range, assertion, track, segment, after, model);
  }

  @GetMapping("/p/{project}/distributions.csv")
  void distributionsCsv(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion,
      HttpServletResponse response)
      throws IOException {
    csv(Topic.DISTRIBUTIONS, project, range, assertion, response);
  }

  @GetMapping("/p/{project}/truth.csv")
  void truthCsv(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion,
      HttpServletResponse response)
      throws IOException {
    csv(Topic.TRUTH, project, range, assertion, response);
  }

  private String show(
      Topic topic,
      String project,
      String range,
      String assertion,
      String track,
      String segment,
      String after,
      Model model) {
    Range chosen = Range.of(range).orElse(Range.WEEK);
    Period period = period(project, chosen);
    List<FiguresRecord> newest = all.newest(project, period, assertion, MOST_SERIES + 1);
    List<Track> tracks = Track.of(newest, topic);
    List<Track> part =
        tracks.stream().filter(one -> one.place().compareTo(after) > 0).limit(PART).toList();
    Optional<Whole> whole =
        tracks.stream()
            .filter(one -> one.id().equals(track))
            .findFirst()
            .or(() -> part.stream().findFirst())
            .map(one -> whole(project, period, one, topic));
    Optional<Track> shown = whole.map(Whole::track);
    model.addAttribute("here", topic.text());
    model.addAttribute("ranges", Range.values());
    model.addAttribute("range", chosen);
    model.addAttribute("assertion", assertion);
    model.addAttribute("tracks", part);
    model.addAttribute("count", tracks.size());
    model.addAttribute("trends", trends(project, period, part));
    model.addAttribute("after", after);
    model.addAttribute(
        "next",
        part.isEmpty() || part.getLast().equals(tracks.getLast()) ? "" : part.getLast().place());
    model.addAttribute("most", series(newest) > MOST_SERIES ? MOST_SERIES : null);
    model.addAttribute("cut", whole.filter(Whole::cut).map(one -> MOST_WINDOWS).orElse(null));
    model.addAttribute("step", whole.flatMap(Whole::thinned).map(Steps::text).orElse(null));
    model.addAttribute("track", shown.orElse(null));
    model.addAttribute(
        "marks",
        shown.map(one -> VersionMark.of(one, rates.versions(project, period))).orElse(List.of()));
    model.addAttribute("series", shown.map(one -> one.shown(segment)).orElse(null));
    model.addAttribute(
        "shape", shown.map(one -> shape(project, one, one.shown(segment))).orElse(null));
    return "figures";
  }

  private static long series(List<FiguresRecord> newest) {
    return newest.stream()
        .map(record -> List.of(record.assertion(), record.group(), record.segment()))
        .distinct()
        .count();
  }

  /**
   * @param cut whether the period has more windows than were looked at
   * @param thinned the steps of each of which one window is shown; none where each window is
   */
  private record Whole(Track track, boolean cut, Optional<Steps> thinned) {}

  /**
   * The same with its windows of the period, or the most telling ones of steps where they are many.
   */
  private Whole whole(String project, Period period, Track track, Topic topic) {
    List<FiguresRecord> windows = all.windows(project, period, track.first(), MOST_WINDOWS + 1);
    List<FiguresRecord> looked = windows.stream().limit(MOST_WINDOWS).toList();
    Steps steps =
        looked.size() <= Steps.MOST_CELLS
            ? Steps.EACH
            : Steps.of(period.range().length(), track.series().size());
    Track found =
        Track.of(looked, topic, steps).stream()
            .filter(one -> one.id().equals(track.id()))
            .findFirst()
            .orElse(track);
    return new Whole(
        found,
        windows.size() > MOST_WINDOWS,
        Optional.of(steps).filter(some -> some.length().compareTo(track.length()) > 0));
  }

  /** As paths of pictures, by the tracks' ids. */
  private Map<String, String> trends(String project, Period period, List<Track> tracks) {
    List<@Nullable Double[]> found =
        all.trends(project, period, tracks.stream().map(Track::first).toList(), POINTS);
    Map<String, String> paths = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      Track track = tracks.get(i);
      Duration step = period.range().length().dividedBy(POINTS);
      paths.put(track.id(), path(found.get(i), track.length().compareTo(step) <= 0));
    }
    return paths;
  }

  /** {@code breaks}: whether a step without a window is a gap, and not just within a window. */
  private static String path(@Nullable Double[] values, boolean breaks) {
    List<Point> points =
        Arrays.stream(values)
            .filter(value -> breaks || value != null)
            .map(value -> Point.of("", value))
            .toList();
    return LineChart.of(points).line();
  }

  private Shape shape(String project, Track track, Track.Series series) {
    return Shape.of(
        all.parts(project, track.first().of(series.segment()), series.newest().start().instant()),
        track.function().equals("calibration_error"));
  }

  private void csv(
      Topic topic, String project, String range, String assertion, HttpServletResponse response)
      throws IOException {
    Range chosen = Range.of(range).orElse(Range.WEEK);
    Period period = period(project, chosen);
    files.<FiguresRecord>send(
        response,
        topic.text() + "-" + chosen.text() + ".csv",
        FiguresCsv.HEAD,
        after ->
            FiguresCsv.part(
                queries.within(
                    project, period, assertion, after.map(FiguresPlace::of), CsvFiles.PART),
                CsvFiles.PART,
                topic));
  }

  private Period period(String project, Range range) {
    Instant now = clock.instant();
    return Period.of(range, now, queries.newest(project).orElse(now));
  }
}
