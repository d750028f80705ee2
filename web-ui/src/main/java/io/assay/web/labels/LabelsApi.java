package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.PrivateRight;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was said of predictions, and which of it found a violation. */
@RestController
class LabelsApi {
  private static final int MOST = 500;

  private final LabelQueries labels;
  private final RefusedLabels refusals;
  private final Access access;

  LabelsApi(LabelQueries labels, RefusedLabels refusals, Access access) {
    this.labels = labels;
    this.refusals = refusals;
    this.access = access;
  }

  /**
   * Numbers of all, by where they came from, and the newest of those asked for.
   *
   * @param next what {@code after} takes for those that follow; null on the last page
   */
  record Listing(
      List<LabelQueries.Numbers> numbers, List<LabelQueries.Row> items, @Nullable String next) {}

  /** The newest that were refused; {@code next} as above. */
  record Refusals(List<RefusedLabels.Refusal> items, @Nullable Long next) {}

  /** Labels that came, the newest first, or with {@code sort=oldest} those that came first. */
  @GetMapping("/api/v1/projects/{project}/labels")
  Listing newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String prediction,
      @RequestParam(defaultValue = "") String source,
      @RequestParam(defaultValue = "") String verdict,
      @RequestParam(defaultValue = "false") boolean unmatched,
      @RequestParam(defaultValue = "false") boolean matched,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    requireFew(limit);
    if (matched && unmatched) {
      throw Refused.bad("no label is both matched and unmatched");
    }
    if (!List.of("", "newest", "oldest").contains(sort)) {
      throw Refused.bad("sort needs newest or oldest, got '%s'".formatted(sort));
    }
    boolean clear = PrivateRight.of(access, person, project);
    var wish =
        new LabelQueries.Wish(
            prediction,
            source,
            verdict,
            matched || unmatched ? Optional.of(matched) : Optional.empty(),
            sort.equals("oldest"),
            TimePlace.read("after", after));
    List<LabelQueries.Row> found = labels.list(project, wish, limit, clear);
    return new Listing(
        labels.numbers(project),
        found,
        found.size() < limit ? null : found.getLast().place().text());
  }

  /** Labels that could not be taken, the newest first, and why. */
  @GetMapping("/api/v1/projects/{project}/labels/refused")
  Refusals refused(
      @PathVariable String project,
      @RequestParam(required = false) @Nullable Long after,
      @RequestParam(defaultValue = "50") int limit) {
    requireFew(limit);
    List<RefusedLabels.Refusal> found = refusals.newest(project, Optional.ofNullable(after), limit);
    return new Refusals(found, found.size() < limit ? null : found.getLast().id());
  }

  private static void requireFew(int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
  }
}
