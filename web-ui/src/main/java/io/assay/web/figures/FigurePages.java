package io.assay.web.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.system.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Windows for people: fields against their baselines, and predictions against truth. */
@Page
class FigurePages {
  static final int MOST = 20_000;

  private final FigureQueries queries;
  private final Clock clock;

  FigurePages(FigureQueries queries, Clock clock) {
    this.queries = queries;
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
  ResponseEntity<byte[]> distributionsCsv(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion) {
    return csv(Topic.DISTRIBUTIONS, project, range, assertion);
  }

  @GetMapping("/p/{project}/truth.csv")
  ResponseEntity<byte[]> truthCsv(
      @PathVariable String project,
      @RequestParam(defaultValue = "7d") String range,
      @RequestParam(defaultValue = "") String assertion) {
    return csv(Topic.TRUTH, project, range, assertion);
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
    List<Track> tracks =
        Track.of(queries.within(project, period(project, chosen), assertion, MOST), topic);
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
    model.addAttribute("track", shown.orElse(null));
    model.addAttribute("series", shown.map(one -> one.shown(segment)).orElse(null));
    model.addAttribute("shape", shown.map(one -> shape(one, one.shown(segment))).orElse(null));
    return "figures";
  }

  private static Shape shape(Track track, Track.Series series) {
    return Shape.of(series.newest().parts(), track.function().equals("calibration_error"));
  }

  private ResponseEntity<byte[]> csv(Topic topic, String project, String range, String assertion) {
    Range chosen = Range.of(range).orElse(Range.WEEK);
    List<FiguresRecord> records = queries.within(project, period(project, chosen), assertion, MOST);
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(topic.text() + "-" + chosen.text() + ".csv")
                .build()
                .toString())
        .contentType(new MediaType("text", "csv", UTF_8))
        .body(FiguresCsv.of(records, topic).getBytes(UTF_8));
  }

  private Period period(String project, Range range) {
    Instant now = clock.instant();
    return Period.of(range, now, queries.newest(project).orElse(now));
  }
}
