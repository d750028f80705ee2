package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.review.Standing.Status;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The review of flags, for programs and for other interfaces than ours. */
@RestController
@RequestMapping("/api/v1/projects/{project}/review")
class ReviewApi {
  private static final int MOST_LISTED = 200;
  private static final int MOST_BYTES = 1 << 20;

  private final ReviewQueue queue;
  private final Verdicts verdicts;
  private final Guidelines guidelines;
  private final ReviewFigures figures;
  private final ReviewHealth health;
  private final ReviewAnswers answers;
  private final Access access;

  ReviewApi(
      ReviewQueue queue,
      Verdicts verdicts,
      Guidelines guidelines,
      ReviewFigures figures,
      ReviewHealth health,
      ReviewAnswers answers,
      Access access) {
    this.access = access;
    this.queue = queue;
    this.verdicts = verdicts;
    this.guidelines = guidelines;
    this.figures = figures;
    this.health = health;
    this.answers = answers;
  }

  /** What waits, the highest rank first. {@code after} takes what the answer before named next. */
  @GetMapping("/items")
  ReviewItems.Page items(
      @PathVariable String project,
      @RequestParam(defaultValue = "OPEN") String status,
      @RequestParam(defaultValue = "") String assertion,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal @Nullable Object who) {
    requireLimit(limit);
    String reviewer =
        who instanceof SignedIn person && !mayKnow(project, person) ? person.getUsername() : "";
    List<ReviewItem> items =
        queue.waiting(
            project, status(status), assertion, reviewer, ReviewItems.after(after), limit);
    return ReviewItems.Page.of(items, limit);
  }

  @GetMapping("/items/{id}")
  ReviewItems.Whole item(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal @Nullable Object who) {
    return who instanceof SignedIn person
        ? whole(project, seen(project, id, person))
        : whole(project, one(project, id), false);
  }

  /** Takes the next one; nothing is left to look at where the answer has no content. */
  @PostMapping("/next")
  ResponseEntity<ReviewItems.Whole> next(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String assertion,
      @AuthenticationPrincipal SignedIn person) {
    return queue
        .take(project, person.getUsername(), assertion)
        .map(item -> ResponseEntity.ok(whole(project, item)))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  @TakesJson(ReviewItems.Given.class)
  @PostMapping("/items/{id}/verdict")
  ReviewItems.Whole verdict(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    return give(project, id, person, request, false);
  }

  /** Decides what reviewers disagree about, or what was agreed wrongly. */
  @TakesJson(ReviewItems.Given.class)
  @PostMapping("/items/{id}/settle")
  ReviewItems.Whole settle(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    return give(project, id, person, request, true);
  }

  @PostMapping("/items/{id}/undo")
  ReviewItems.Whole undo(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person) {
    return whole(project, verdicts.undo(project, id, person.getUsername()));
  }

  @PostMapping("/items/{id}/skip")
  ResponseEntity<Object> skip(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person) {
    one(project, id);
    queue.skip(project, id, person.getUsername());
    return ResponseEntity.noContent().build();
  }

  /** What is known to be right of an item, so that it tells how good reviewers are. */
  @PutMapping("/items/{id}/gold")
  ReviewItems.Whole gold(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String finding,
      @AuthenticationPrincipal SignedIn person) {
    Optional<Finding> known =
        finding.isEmpty() ? Optional.empty() : Optional.of(ReviewItems.known(finding));
    return whole(project, verdicts.gold(project, id, person.getUsername(), known));
  }

  /** How many people are to look at it. */
  @PutMapping("/items/{id}/needed")
  ReviewItems.Whole needed(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam int reviewers,
      @AuthenticationPrincipal SignedIn person) {
    if (reviewers < 1 || reviewers > 9) {
      throw Refused.bad("reviewers needs 1 to 9, got " + reviewers);
    }
    return whole(project, verdicts.need(project, id, person.getUsername(), reviewers));
  }

  /** How right assertions and corrections are, who agrees with whom, how right reviewers are. */
  @GetMapping("/figures")
  ReviewFigures.Figures figures(@PathVariable String project) {
    return figures.of(project);
  }

  /**
   * What is the matter with rules, from which severity on they are as precise as wished, and what
   * they miss.
   *
   * @param precision the wish, above 0 and under 1
   */
  @GetMapping("/health")
  ReviewHealth.Health health(
      @PathVariable String project, @RequestParam(defaultValue = "0.8") double precision) {
    return health.of(project, precision);
  }

  /** In order of assertions; {@code after} takes what the answer before named next. */
  @GetMapping("/guidelines")
  ReviewItems.Guided guidelines(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    requireLimit(limit);
    return ReviewItems.Guided.of(guidelines.list(project, after, limit + 1), limit);
  }

  @TakesJson(ReviewItems.Text.class)
  @PutMapping("/guidelines/{assertion}")
  Guidelines.Guideline guideline(
      @PathVariable String project,
      @PathVariable String assertion,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String text = JsonBody.read(request, ReviewItems.Text.class, "a guideline", MOST_BYTES).text();
    return guidelines.set(
        project,
        assertion,
        person.getUsername(),
        ReviewItems.bounded("text", text, ReviewItems.LONGEST_GUIDELINE));
  }

  private ReviewItems.Whole whole(String project, ReviewItem item) {
    return whole(project, item, true);
  }

  private ReviewItems.Whole whole(String project, ReviewItem item, boolean isPerson) {
    return answers.whole(project, item, isPerson);
  }

  private ReviewItem one(String project, String id) {
    return queue.one(project, id).orElseThrow(() -> none(id));
  }

  private ReviewItem seen(String project, String id, SignedIn person) {
    return queue
        .seenBy(project, id, person.getUsername(), mayKnow(project, person))
        .orElseThrow(() -> none(id));
  }

  /** Who sets known answers may see them. */
  private boolean mayKnow(String project, SignedIn person) {
    return access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent();
  }

  private static Refused none(String id) {
    return new Refused(HttpStatus.NOT_FOUND, "there is no item '%s' to review".formatted(id));
  }

  private ReviewItems.Whole give(
      String project, String id, SignedIn person, HttpServletRequest request, boolean settles) {
    var given = JsonBody.read(request, ReviewItems.Given.class, "a verdict", MOST_BYTES);
    Verdicts.Said said = ReviewItems.said(given, settles);
    return whole(project, verdicts.give(project, id, person.getUsername(), said));
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw Refused.bad("limit needs 1 to %d, got %d".formatted(MOST_LISTED, limit));
    }
  }

  private static Status status(@Nullable String text) {
    for (Status status : Status.values()) {
      if (status.name().equalsIgnoreCase(text)) {
        return status;
      }
    }
    throw Refused.bad("status needs open, agreed, disputed or settled, got '%s'".formatted(text));
  }
}
