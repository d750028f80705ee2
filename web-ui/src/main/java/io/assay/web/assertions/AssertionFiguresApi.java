package io.assay.web.assertions;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.SliceRates;
import io.assay.web.system.Refused;
import io.assay.web.violations.PrivateRight;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the pages of assertions draw, for programs: heat maps, funnels, other thresholds. */
@RestController
class AssertionFiguresApi {
  private static final String ONE = "/api/v1/projects/{project}/assertions/{name}";
  private static final int MOST = 500;
  private static final List<String> BY = List.of("time", "version", "slice");

  private final AssertionLines lines;
  private final AssertionDetails details;
  private final SeenViolations violations;
  private final RateQueries rates;
  private final SliceRates slices;
  private final Access access;
  private final MessageSource texts;
  private final Clock clock;

  AssertionFiguresApi(
      AssertionLines lines,
      AssertionDetails details,
      SeenViolations violations,
      RateQueries rates,
      SliceRates slices,
      Access access,
      MessageSource texts,
      Clock clock) {
    this.lines = lines;
    this.details = details;
    this.violations = violations;
    this.rates = rates;
    this.slices = slices;
    this.access = access;
    this.texts = texts;
    this.clock = clock;
  }

  /**
   * Why something fires, or does not.
   *
   * @param verdict what stands in the way, or {@code fires}
   * @param text the same in words
   * @param items how much came, and what became of it
   */
  record Why(String verdict, String text, List<Stage> items) {
    static Why of(Funnel funnel, AssertionLine line, MessageSource texts) {
      return new Why(
          funnel.verdict(),
          texts.getMessage(
              "funnel." + funnel.verdict(), new Object[] {line.shownEvery()}, Locale.ENGLISH),
          funnel.stages().stream().map(one -> new Stage(one.name(), one.count())).toList());
    }
  }

  /** {@code stage}: seen, passed, judged, undecided, held or violated. */
  record Stage(String stage, long count) {}

  /**
   * A row an assertion, with the filters and the order of the list of assertions; a column each
   * step of time, or with {@code by=version} each version of a model, where one has had two, or
   * with {@code by=slice} each value of the slices that streams declare.
   */
  @GetMapping("/api/v1/projects/{project}/heat-map")
  HeatItems heat(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "time") String by,
      @RequestParam(defaultValue = "50") int limit) {
    if (!BY.contains(by)) {
      throw Refused.bad("by needs time, version or slice, got '" + by + "'");
    }
    AssertionFilter filter = AssertionFilter.of(query);
    if (!filter.problems().isEmpty()) {
      throw Refused.bad("cannot read " + String.join(", ", filter.problems()));
    }
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    Instant now = clock.instant();
    Period period = Period.of(filter.range(), now, rates.newest(project).orElse(now));
    AssertionSlice slice =
        AssertionSlice.of(
            lines.of(project, period), filter, query.getOrDefault("after", ""), limit);
    Optional<HeatMap> map =
        switch (by) {
          case "time" ->
              Optional.of(HeatMap.of(slice.lines(), rates.versions(project, period), period));
          case "version" ->
              HeatMap.byVersion(slice.lines(), rates.versions(project, period), period);
          default -> HeatMap.bySlice(slice.lines(), slices.sums(project, slice.names(), period));
        };
    return HeatItems.of(
        map.orElseGet(() -> new HeatMap(List.of(), List.of(), List.of())),
        slice.next().orElse(null));
  }

  /**
   * A row each expect, or each stream, of one assertion, where it has several, and each value of
   * the declared slices that tell some of its events from others; none where there is neither.
   */
  @GetMapping(ONE + "/heat-map")
  HeatItems heat(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "24h") String range,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    AssertionDetail detail = detail(project, name, range, person);
    return HeatItems.of(
        detail
            .bySlice()
            .orElseGet(() -> new HeatMap(HeatMap.times(detail.period()), List.of(), List.of())),
        null);
  }

  /** Why it fires, or why nothing does. */
  @GetMapping(ONE + "/why")
  Why why(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "24h") String range,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    AssertionDetail detail = detail(project, name, range, person);
    return Why.of(detail.funnel(), detail.line(), texts);
  }

  /**
   * What would remain of its violations with another threshold; no content where none of them was
   * found by a comparison with a threshold that the rule writes.
   *
   * @param at a threshold, in seconds where it is a time; null for none
   * @param of which condition, where there are several
   */
  @GetMapping(ONE + "/thresholds")
  ResponseEntity<ThresholdItems> thresholds(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "24h") String range,
      @RequestParam(required = false) @Nullable Double at,
      @RequestParam(defaultValue = "") String of) {
    if (at != null && !Double.isFinite(at)) {
      throw Refused.bad("at needs a number, got " + at);
    }
    AssertionDetails.Named found =
        details.named(project, name, range(range)).orElseThrow(() -> none(name));
    return Thresholds.of(
            violations.newest(project, name, found.period()),
            violations.reviewed(project, name, found.period()),
            of,
            at == null ? OptionalDouble.empty() : OptionalDouble.of(at))
        .map(all -> ResponseEntity.ok(ThresholdItems.of(all)))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  private AssertionDetail detail(
      String project, String name, String range, @Nullable SignedIn person) {
    return details
        .of(project, name, range(range), PrivateRight.of(access, person, project))
        .orElseThrow(() -> none(name));
  }

  private static Range range(String text) {
    return Range.of(text)
        .orElseThrow(() -> Refused.bad("range needs 1h, 6h, 24h, 7d or 30d, got '" + text + "'"));
  }

  private static Refused none(String name) {
    return new Refused(HttpStatus.NOT_FOUND, "there is no assertion '%s'".formatted(name));
  }
}
