package io.assay.web.overview;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The overview's figures, for programs. */
@RestController
class OverviewApi {
  private final OverviewQueries queries;
  private final Clock clock;

  OverviewApi(OverviewQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  @GetMapping("/api/v1/projects/{project}/overview")
  Figures show(@PathVariable String project, @RequestParam(defaultValue = "1h") String range) {
    Range chosen =
        Range.of(range)
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "range needs 1h, 6h, 24h or 7d, got '" + range + "'"));
    Overview overview = Overview.of(queries, project, chosen, clock);
    return new Figures(
        overview.start().instant(),
        overview.end().instant(),
        overview.events(),
        overview.eventsPerSecond(),
        overview.violations(),
        overview.lateEvents(),
        overview.deadEvents(),
        overview.lines().stream().map(Figures.OfAssertion::of).toList());
  }

  /** Sums over the period. */
  record Figures(
      Instant start,
      Instant end,
      long events,
      double eventsPerSecond,
      long violations,
      long late,
      long deadLetters,
      List<OfAssertion> assertions) {

    /** Sums of one assertion. */
    record OfAssertion(
        String name,
        String stream,
        String level,
        String mode,
        long violations,
        long judged,
        long undecided) {
      static OfAssertion of(Overview.Line line) {
        return new OfAssertion(
            line.assertion(),
            line.stream(),
            line.level().name().toLowerCase(Locale.ROOT),
            line.mode().name().toLowerCase(Locale.ROOT),
            line.violations(),
            line.judged(),
            line.undecided());
      }
    }
  }
}
