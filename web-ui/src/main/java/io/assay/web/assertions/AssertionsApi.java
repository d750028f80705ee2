package io.assay.web.assertions;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.assertions.AssertionItems.Detail;
import io.assay.web.assertions.AssertionItems.EpisodeItem;
import io.assay.web.assertions.AssertionItems.EpisodeListing;
import io.assay.web.assertions.AssertionItems.Item;
import io.assay.web.assertions.AssertionItems.Listing;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.system.Refused;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.PrivateRight;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the pages of assertions show, for programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/assertions")
class AssertionsApi {
  private static final int MOST = 500;

  private final AssertionLines lines;
  private final AssertionDetails details;
  private final Episodes episodes;
  private final RateQueries rates;
  private final Access access;
  private final Clock clock;

  AssertionsApi(
      AssertionLines lines,
      AssertionDetails details,
      Episodes episodes,
      RateQueries rates,
      Access access,
      Clock clock) {
    this.lines = lines;
    this.details = details;
    this.episodes = episodes;
    this.rates = rates;
    this.access = access;
    this.clock = clock;
  }

  /** {@code after} takes what the former answer named {@code next}. */
  @GetMapping
  Listing list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "50") int limit) {
    AssertionFilter filter = AssertionFilter.of(query);
    if (!filter.problems().isEmpty()) {
      throw Refused.bad("cannot read " + String.join(", ", filter.problems()));
    }
    Instant now = clock.instant();
    Period period = Period.of(filter.range(), now, rates.newest(project).orElse(now));
    AssertionSlice slice =
        AssertionSlice.of(
            lines.of(project, period), filter, query.getOrDefault("after", ""), bounded(limit));
    return new Listing(slice.lines().stream().map(Item::of).toList(), slice.next().orElse(null));
  }

  @GetMapping("/{name}")
  Detail one(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "24h") String range,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    Range chosen =
        Range.of(range)
            .orElseThrow(
                () -> Refused.bad("range needs 1h, 6h, 24h, 7d or 30d, got '" + range + "'"));
    return details
        .of(project, name, chosen, PrivateRight.of(access, person, project))
        .map(Detail::of)
        .orElseThrow(
            () -> new Refused(HttpStatus.NOT_FOUND, "there is no assertion '" + name + "'"));
  }

  /** Newest first; {@code before} takes what the former answer named {@code next}. */
  @GetMapping("/{name}/episodes")
  EpisodeListing episodes(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    var place = TimePlace.read("before", before);
    List<Episodes.Episode> found =
        episodes.newest(
            project,
            name,
            place.map(TimePlace::at).orElse(Instant.parse("9999-01-01T00:00:00Z")),
            place.map(TimePlace::id).orElse(""),
            bounded(limit),
            PrivateRight.of(access, person, project));
    Episodes.Episode last = found.size() < limit ? null : found.getLast();
    return new EpisodeListing(
        found.stream().map(EpisodeItem::of).toList(),
        last == null ? null : new TimePlace(last.opened().instant(), last.id()).text());
  }

  private static int bounded(int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    return limit;
  }
}
