package io.assay.web.figures;

import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What windows came to, for programs. */
@RestController
class FiguresApi {
  private static final int MOST = 1000;

  private final FigureQueries queries;
  private final Clock clock;

  FiguresApi(FigureQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Windows, the newest first. A part looks at {@code limit} of them: of one segment, or one kind,
   * it may have few or none and still name what follows it.
   *
   * @param about {@code distributions}, {@code truth}, or nothing for all
   */
  @GetMapping("/api/v1/projects/{project}/figures")
  Listing<FiguresRecord> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "24h") String range,
      @RequestParam(defaultValue = "") String about,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String segment,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "1000") int limit) {
    Listing.requireLimit(limit, MOST);
    Range chosen =
        Range.of(range)
            .orElseThrow(
                () -> Refused.bad("range needs 1h, 6h, 24h, 7d or 30d, got '" + range + "'"));
    if (!about.isEmpty() && Topic.of(about).isEmpty()) {
      throw Refused.bad("about needs distributions or truth, got '" + about + "'");
    }
    Instant now = clock.instant();
    Period period = Period.of(chosen, now, queries.newest(project).orElse(now));
    List<FiguresRecord> found =
        queries.within(project, period, assertion, FiguresPlace.read(after), limit + 1);
    return new Listing<>(
        found.stream()
            .limit(limit)
            .filter(record -> segment.isEmpty() || record.segment().equals(segment))
            .map(record -> only(record, about))
            .filter(record -> !record.figures().isEmpty())
            .toList(),
        found.size() > limit ? FiguresPlace.of(found.get(limit - 1)).text() : null);
  }

  private static FiguresRecord only(FiguresRecord record, String about) {
    List<Figure> wanted =
        record.figures().stream()
            .filter(figure -> Topic.of(about).map(topic -> topic.has(figure)).orElse(true))
            .toList();
    return record.with(wanted);
  }
}
