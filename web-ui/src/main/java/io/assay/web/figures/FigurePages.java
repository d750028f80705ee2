package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Windows for people: fields against their baselines, and predictions against truth. */
@Page
class FigurePages {
  /** Windows that a page is made of: more make no chart clearer. */
  static final int MOST = 20_000;

  private final FigureQueries queries;
  private final CsvFiles files;
  private final Clock clock;

  FigurePages(FigureQueries queries, CsvFiles files, Clock clock) {
    this.queries = queries;
    this.files = files;
    this.clock = clock;
  }

  /** {@code track}: which one is shown in full; the first where none is named. */
  @GetMapping("/p/{project}/distributions")
  String distributions(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String track,
      @RequestParam(defaultValue = "") String segment,
      Model model) {
    return show(Topic.DISTRIBUTIONS, project, range, assertion, track, segment, model);
  }

  /** Likewise. */
  @GetMapping("/p/{project}/truth")
  String truth(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String track,
      @RequestParam(defaultValue = "") String segment,
      Model model) {
    return show(Topic.TRUTH, project, range, assertion, track, segment, model);
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
      Model model) {
    Range chosen = Range.of(range).orElse(Range.WEEK);
    List<FiguresRecord> found =
        queries.within(project, period(project, chosen), assertion, MOST + 1);
    List<Track> tracks = Track.of(found.stream().limit(MOST).toList(), topic);
    Optional<Track> shown =
        tracks.stream()
            .filter(one -> one.id().equals(track))
            .findFirst()
            .or(() -> tracks.stream().findFirst());
    model.addAttribute("here", topic.text());
    model.addAttribute("ranges", Range.values());
    model.addAttribute("range", chosen);
    model.addAttribute("assertion", assertion);
    model.addAttribute("tracks", tracks);
    model.addAttribute("most", found.size() > MOST ? MOST : null);
    model.addAttribute("track", shown.orElse(null));
    model.addAttribute("series", shown.map(one -> one.shown(segment)).orElse(null));
    model.addAttribute("shape", shown.map(one -> shape(one, one.shown(segment))).orElse(null));
    return "figures";
  }

  private static Shape shape(Track track, Track.Series series) {
    return Shape.of(series.newest().parts(), track.function().equals("calibration_error"));
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
                queries.within(project, period, assertion, after, CsvFiles.PART),
                CsvFiles.PART,
                topic));
  }

  private Period period(String project, Range range) {
    Instant now = clock.instant();
    return Period.of(range, now, queries.newest(project).orElse(now));
  }
}
