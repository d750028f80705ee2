package io.assay.web.review;

import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for reviewers, how fast one is, and verdicts of violations that one looks at. */
@RestController
class ReviewWorkApi {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_LISTED = 500;

  /** Of items that wait; beyond that it is all the same to people. */
  private static final int COUNTED = 10_000;

  private final ReviewQueue queue;
  private final Pace pace;
  private final ViolationVerdicts verdicts;
  private final ReviewAnswers answers;

  ReviewWorkApi(ReviewQueue queue, Pace pace, ViolationVerdicts verdicts, ReviewAnswers answers) {
    this.queue = queue;
    this.pace = pace;
    this.verdicts = verdicts;
    this.answers = answers;
  }

  /**
   * Items that wait, by what flagged them, in order of its name.
   *
   * @param open how many wait in all, counted up to {@code counted}
   * @param next what {@code after} takes for the part behind; null on the last
   */
  record Waiting(long open, int counted, List<ReviewQueue.Waiting> items, @Nullable String next) {}

  /** Of each assertion, and of events that were drawn (without one), how many wait. */
  @GetMapping("/api/v1/projects/{project}/review/waiting")
  Waiting waiting(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw Refused.bad("limit needs 1 to %d, got %d".formatted(MOST_LISTED, limit));
    }
    List<ReviewQueue.Waiting> behind =
        queue.byAssertion(project, COUNTED).stream()
            .sorted((a, b) -> place(a).compareTo(place(b)))
            .filter(one -> after.isEmpty() || place(one).compareTo(after) > 0)
            .toList();
    return new Waiting(
        queue.open(project, COUNTED),
        COUNTED,
        behind.stream().limit(limit).toList(),
        behind.size() > limit ? place(behind.get(limit - 1)) : null);
  }

  /** Names have no such sign. */
  private static String place(ReviewQueue.Waiting one) {
    return one.assertion() + "~" + one.stream();
  }

  /** How many verdicts whoever asks has given in this sitting, and how fast. */
  @GetMapping("/api/v1/projects/{project}/review/pace")
  Pace.Sitting pace(@PathVariable String project, @AuthenticationPrincipal SignedIn person) {
    return pace.of(project, person.getUsername());
  }

  /** Says something of a violation's episode, whether a round has proposed it or not. */
  @TakesJson(ReviewItems.Given.class)
  @PostMapping("/api/v1/projects/{project}/violations/{day}/{id}/verdict")
  ReviewItems.Whole verdict(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    var given = JsonBody.read(request, ReviewItems.Given.class, "a verdict", MOST_BYTES);
    ReviewItem item =
        verdicts.give(project, day, id, person.getUsername(), ReviewItems.said(given, false));
    return answers.whole(project, item, true);
  }
}
