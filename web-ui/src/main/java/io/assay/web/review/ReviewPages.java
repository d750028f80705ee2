package io.assay.web.review;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.review.Standing.Status;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import io.assay.web.violations.PrivateText;
import io.assay.web.violations.ViolationView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Review by people: one item a screen, and what all reviews tell. */
@Page
class ReviewPages {
  /** Beyond that it is all the same to people. */
  private static final int COUNTED = 10_000;

  private static final int DISPUTED = 20;
  private static final String HOME = "redirect:/p/{project}/review";
  private static final String ITEM = "redirect:/p/{project}/review/items/";

  private final ReviewQueue queue;
  private final Verdicts verdicts;
  private final Guidelines guidelines;
  private final ReviewFigures figures;
  private final ReviewHealth health;
  private final Pace pace;
  private final ViolationView view;
  private final Access access;

  ReviewPages(
      ReviewQueue queue,
      Verdicts verdicts,
      Guidelines guidelines,
      ReviewFigures figures,
      ReviewHealth health,
      Pace pace,
      ViolationView view,
      Access access) {
    this.queue = queue;
    this.verdicts = verdicts;
    this.guidelines = guidelines;
    this.figures = figures;
    this.health = health;
    this.pace = pace;
    this.view = view;
    this.access = access;
  }

  /**
   * An item that reviewers disagree about, as the list names it.
   *
   * @param assertion empty where the item is an event
   * @param label without what is private, for those who may not see that
   */
  record Disputed(String id, String assertion, String stream, String label) {
    static Disputed of(ReviewItem item, boolean clear) {
      return new Disputed(
          item.id(), item.assertion(), item.stream(), PrivateText.shown(item.label(), clear));
    }
  }

  /** Behind the place {@code after} goes on what reviewers disagree about. */
  @GetMapping("/p/{project}/review")
  String home(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    model.addAttribute("here", "review");
    model.addAttribute("open", queue.open(project, COUNTED));
    model.addAttribute("counted", COUNTED);
    model.addAttribute("waiting", queue.byAssertion(project, COUNTED));
    boolean reviews = covers(person, project, Role.REVIEWER);
    List<ReviewItem> disputed =
        queue.waiting(project, Status.DISPUTED, "", "", ReviewItems.after(after), DISPUTED + 1);
    model.addAttribute(
        "disputed",
        disputed.stream().limit(DISPUTED).map(item -> Disputed.of(item, reviews)).toList());
    model.addAttribute("disputedFirst", after.isEmpty());
    model.addAttribute(
        "disputedNext",
        disputed.size() > DISPUTED ? ReviewItems.place(disputed.get(DISPUTED - 1)) : "");
    model.addAttribute("figures", figures.of(project));
    model.addAttribute("reviews", reviews);
    return "review";
  }

  /** How rules do beside their reviews: thresholds, votes, what they miss. */
  @GetMapping("/p/{project}/review/rules")
  String rules(
      @PathVariable String project,
      @RequestParam(defaultValue = "0.8") double precision,
      Model model) {
    model.addAttribute("here", "review");
    try {
      model.addAttribute("health", health.of(project, precision));
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
      model.addAttribute("health", health.of(project, ReviewHealth.USUAL_WISH));
    }
    return "review-rules";
  }

  @PostMapping("/p/{project}/review/next")
  String next(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String assertion,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    return toNext(project, assertion, person, told);
  }

  @GetMapping("/p/{project}/review/items/{id}")
  String item(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    ReviewItem item =
        queue
            .seenBy(project, id, person.getUsername(), covers(person, project, Role.AUTHOR))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String frame = query.getOrDefault("frame", "");
    Optional<String> event = queue.event(project, id);
    if (event.isPresent()) {
      view.showEvent(model, project, event.get());
    } else if (!view.show(model, project, item.day(), item.violation(), frame, true)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("here", "review");
    if (!model.containsAttribute("typed")) {
      model.addAttribute("typed", Map.of());
    }
    model.addAttribute("item", item);
    model.addAttribute("pace", pace.of(project, person.getUsername()));
    model.addAttribute("guideline", guidelines.of(project, item.assertion()).orElse(""));
    model.addAttribute("settles", covers(person, project, Role.AUTHOR));
    boolean isDone = item.status() != Status.OPEN;
    model.addAttribute(
        "said",
        isDone
            ? verdicts.of(project, id).stream().filter(one -> one.undone().isEmpty()).toList()
            : List.of());
    return event.isPresent() ? "review-event" : "review-item";
  }

  /** The images of what is likely to be next, so that the browser has them; nobody takes it yet. */
  @GetMapping("/p/{project}/review/items/{id}/upcoming")
  String upcoming(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    model.addAttribute(
        "images",
        queue
            .upcoming(project, person.getUsername(), id)
            .filter(item -> !item.isEvent())
            .map(item -> view.images(project, item.day(), item.violation()))
            .orElse(List.of()));
    return "review-upcoming";
  }

  /** So many people are to look at it. */
  @PostMapping("/p/{project}/review/items/{id}/needed")
  String needed(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam int reviewers,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    if (reviewers < 1 || reviewers > 9) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    verdicts.need(project, id, person.getUsername(), reviewers);
    told.addFlashAttribute("done", "needed");
    return ITEM + id;
  }

  /** What is right is known: whoever is given the item is tested with it. */
  @PostMapping("/p/{project}/review/items/{id}/gold")
  String gold(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam String known,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    verdicts.gold(project, id, person.getUsername(), Optional.of(ReviewItems.known(known)));
    told.addFlashAttribute("done", "gold");
    return ITEM + id;
  }

  @PostMapping("/p/{project}/review/items/{id}")
  String verdict(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam Map<String, String> form,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    boolean settles = form.containsKey("settles");
    try {
      if (settles && !covers(person, project, Role.AUTHOR)) {
        throw new ResponseStatusException(HttpStatus.FORBIDDEN);
      }
      ReviewItems.Given given =
          new ReviewItems.Given(
              form.get("finding"),
              nullIfEmpty(form.get("correction")),
              "edited".equals(form.get("correction")) ? ReviewItems.json(form.get("edited")) : null,
              form.get("reason"),
              form.get("scope"),
              form.get("knownUntil"));
      verdicts.give(project, id, person.getUsername(), ReviewItems.said(given, settles));
    } catch (Refused refused) {
      told.addFlashAttribute("trouble", refused.detail());
      // What was typed is not to be typed again.
      told.addFlashAttribute("typed", form);
      return ITEM + id;
    }
    told.addFlashAttribute("last", id);
    return toNext(project, "", person, told);
  }

  @PostMapping("/p/{project}/review/items/{id}/skip")
  String skip(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    queue.skip(project, id, person.getUsername());
    return toNext(project, "", person, told);
  }

  @PostMapping("/p/{project}/review/items/{id}/undo")
  String undo(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    try {
      verdicts.undo(project, id, person.getUsername());
    } catch (Refused refused) {
      told.addFlashAttribute("trouble", refused.detail());
    }
    return ITEM + id;
  }

  private String toNext(
      String project, String assertion, SignedIn person, RedirectAttributes told) {
    Optional<ReviewItem> next = queue.take(project, person.getUsername(), assertion);
    if (next.isEmpty()) {
      told.addFlashAttribute("nothing", true);
      return HOME;
    }
    return ITEM + next.get().id();
  }

  private boolean covers(SignedIn person, String project, Role needed) {
    return access.role(person, project).filter(role -> role.covers(needed)).isPresent();
  }

  private static @Nullable String nullIfEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
