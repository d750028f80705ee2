package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import io.assay.web.backtests.Backtests;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TimePlace;
import java.math.BigDecimal;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An assertion with several thresholds over past events, for programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
class SweepApi {
  private static final int MOST = 100;

  private final Backtests backtests;
  private final SweepAsking asking;

  SweepApi(Backtests backtests, SweepAsking asking) {
    this.backtests = backtests;
    this.asking = asking;
  }

  /** The numbers of an assertion that may be moved. */
  @GetMapping("/assertions/{name}/limits")
  Listing<SweepItems.LimitItem> limits(@PathVariable String project, @PathVariable String name) {
    return new Listing<>(
        asking.limits(project, name).stream().map(SweepItems.LimitItem::of).toList(), null);
  }

  /** The newest first, without their figures; {@code assertion}: of this one alone. */
  @GetMapping("/sweeps")
  Listing<SweepItems.Item> newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "20") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.of(
        backtests.sweeps(project, assertion, TimePlace.read("after", after), limit + 1),
        limit,
        one -> SweepItems.Item.of(one, null),
        row -> row.place().text());
  }

  /** Asks for one. */
  @PostMapping(value = "/sweeps", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  SweepItems.Item begin(
      @PathVariable String project,
      @RequestBody SweepItems.Wanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    var assertion = wanted.assertion();
    if (assertion == null) {
      throw Refused.bad("a sweep needs an assertion");
    }
    PastRange range = PastRange.of("a sweep", wanted.from(), wanted.to());
    Integer steps = wanted.steps();
    var wish =
        new SweepAsking.Wish(
            wanted.limit(),
            wanted.low(),
            wanted.high(),
            steps == null ? SweepAsking.USUAL_STEPS : steps,
            range);
    try {
      return item(project, asking.begin(project, assertion, wish, person));
    } catch (IllegalArgumentException wrong) {
      throw new Refused(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(wrong.getMessage()));
    } catch (IllegalStateException no) {
      throw new Refused(HttpStatus.CONFLICT, String.valueOf(no.getMessage()));
    }
  }

  /** How far one is, or what came of it. */
  @GetMapping("/sweeps/{id}")
  SweepItems.Item one(@PathVariable String project, @PathVariable String id) {
    return item(project, id);
  }

  /** The rule file in force with a threshold, in the unit of the sweep. */
  @GetMapping("/sweeps/{id}/draft")
  SweepItems.Draft draft(
      @PathVariable String project, @PathVariable String id, @RequestParam BigDecimal at) {
    var plan = Objects.requireNonNull(asking.row(project, id).sweep(), "asked for as a sweep");
    try {
      RuleDraft draft = asking.draft(project, plan, at);
      return new SweepItems.Draft(draft.file(), draft.text(), draft.follows());
    } catch (IllegalArgumentException changed) {
      throw new Refused(HttpStatus.CONFLICT, String.valueOf(changed.getMessage()));
    }
  }

  /** Stops one that waits or runs; of one that is over nothing changes. */
  @DeleteMapping("/sweeps/{id}")
  SweepItems.Item cancel(@PathVariable String project, @PathVariable String id) {
    if (asking.row(project, id).state().isOpen()) {
      backtests.cancel(project, id);
    }
    return item(project, id);
  }

  private SweepItems.Item item(String project, String id) {
    return SweepItems.Item.of(asking.row(project, id), backtests.swept(project, id).orElse(null));
  }
}
