package io.assay.web.overview;

import io.assay.web.alerts.FiringAlerts;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Moment;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The overview's figures, for programs. */
@RestController
class OverviewApi {
  private final RateQueries rates;
  private final OverviewQueries queries;
  private final ActiveRules rules;
  private final FiringAlerts alerts;
  private final Clock clock;

  OverviewApi(
      RateQueries rates,
      OverviewQueries queries,
      ActiveRules rules,
      FiringAlerts alerts,
      Clock clock) {
    this.rates = rates;
    this.queries = queries;
    this.rules = rules;
    this.alerts = alerts;
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
                        "range needs 1h, 6h, 24h, 7d or 30d, got '" + range + "'"));
    var sources = new Overview.Sources(rates, queries, rules.of(project));
    Overview overview = Overview.of(sources, project, chosen, clock.instant());
    return new Figures(
        overview.start().instant(),
        overview.end().instant(),
        overview.events(),
        overview.eventsPerSecond(),
        overview.violations(),
        overview.lateEvents(),
        overview.deadEvents(),
        overview.streams().stream().map(Figures.OfStream::of).toList(),
        overview.lines().stream().map(Figures.OfAssertion::of).toList(),
        overview.steps().stream().map(Figures.Step::of).toList(),
        alerts.count(project),
        overview.empty());
  }

  /**
   * Sums over the period.
   *
   * @param series violations by the steps of the period
   * @param firingAlerts of the project, now
   * @param empty whether nothing was ever judged
   */
  record Figures(
      Instant start,
      Instant end,
      long events,
      double eventsPerSecond,
      long violations,
      long late,
      long deadLetters,
      List<OfStream> streams,
      List<OfAssertion> assertions,
      List<Step> series,
      long firingAlerts,
      boolean empty) {

    /** {@code streams}: the violations of each, in the order of {@code Figures.streams}. */
    record Step(Instant at, long violations, List<Long> streams) {
      static Step of(Overview.Step step) {
        return new Step(step.begin().instant(), step.all(), step.streams());
      }
    }

    /**
     * One stream.
     *
     * @param model whose output it is, as declared; null where none is
     * @param rate violated of judged, of all its assertions; null where nothing was judged, and
     *     {@code rateBefore} in the stretch that the period is held against
     * @param newest begin of the minute or step of its newest event
     * @param versions of the model that appeared in the period
     */
    record OfStream(
        String name,
        @Nullable String model,
        long events,
        double eventsPerSecond,
        @Nullable Double rate,
        @Nullable Double rateBefore,
        @Nullable Instant newest,
        List<Appeared> versions,
        long firingAlerts,
        OverviewQueries.@Nullable Labels labels,
        List<OverviewQueries.Release> releases) {
      static OfStream of(StreamCard card) {
        return new OfStream(
            card.stream(),
            card.model().isEmpty() ? null : card.model(),
            card.events(),
            card.perSecond(),
            boxed(card.now().rate()),
            boxed(card.before().rate()),
            card.newest().map(Moment::instant).orElse(null),
            card.marks().stream().map(m -> new Appeared(m.version(), m.at().instant())).toList(),
            card.alerts(),
            card.labels().orElse(null),
            card.releases());
      }

      private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
      }
    }

    /** A version of a model, and when it was first seen. */
    record Appeared(String version, Instant at) {}

    /** Sums of one assertion; {@code unit}: what is judged, null where its rule is not known. */
    record OfAssertion(
        String name,
        String stream,
        String level,
        String mode,
        long violations,
        long judged,
        long undecided,
        @Nullable String unit) {
      static OfAssertion of(Overview.Line line) {
        return new OfAssertion(
            line.assertion(),
            line.stream(),
            line.level().name().toLowerCase(Locale.ROOT),
            line.mode().name().toLowerCase(Locale.ROOT),
            line.violations(),
            line.counted().judged(),
            line.counted().undecided(),
            line.unit().map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(null));
      }
    }
  }
}
