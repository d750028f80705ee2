package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.labels.studio.StudioState;
import io.assay.web.labels.webhook.WebhookState;
import io.assay.web.system.Address;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.PrivateRight;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Labels that came in, and those that go out. */
@Page
class LabelPages {
  private static final String HOME = "redirect:/p/{project}/labels";
  private static final int SHOWN = 30;

  private final LabelQueries labels;
  private final RefusedLabels refusals;
  private final ExportRuns runs;
  private final ExportWork work;
  private final SampleQueries samples;
  private final StudioState studio;
  private final WebhookState webhook;
  private final Access access;

  LabelPages(
      LabelQueries labels,
      RefusedLabels refusals,
      ExportRuns runs,
      ExportWork work,
      SampleQueries samples,
      StudioState studio,
      WebhookState webhook,
      Access access) {
    this.labels = labels;
    this.refusals = refusals;
    this.runs = runs;
    this.work = work;
    this.samples = samples;
    this.studio = studio;
    this.webhook = webhook;
    this.access = access;
  }

  /** What is asked of the list, as the address has it. */
  record Filter(String prediction, String source, String verdict, String matched, boolean oldest) {
    private static final String OLDEST = "oldest";

    static Filter of(Map<String, String> query) {
      return new Filter(
          query.getOrDefault("prediction", "").strip(),
          query.getOrDefault("source", ""),
          query.getOrDefault("verdict", ""),
          query.getOrDefault("matched", ""),
          query.getOrDefault("sort", "").equals(OLDEST));
    }

    /** {@code after}: the place of the last that was shown; empty for the first part. */
    LabelQueries.Wish wish(Optional<TimePlace> after) {
      Optional<Boolean> is =
          matched.isEmpty() ? Optional.empty() : Optional.of(matched.equals("yes"));
      return new LabelQueries.Wish(prediction, source, verdict, is, oldest, after);
    }

    public boolean isEmpty() {
      return (prediction + source + verdict + matched).isEmpty();
    }

    /** As the query of an address, with one parameter more, or another value of it. */
    public String query(String name, String value) {
      var all = new LinkedHashMap<String, String>();
      all.put("prediction", prediction);
      all.put("source", source);
      all.put("verdict", verdict);
      all.put("matched", matched);
      all.put("sort", oldest ? OLDEST : "");
      all.put(name, value);
      all.values().removeIf(String::isEmpty);
      return Address.query(all);
    }
  }

  @GetMapping("/p/{project}/labels")
  String home(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Filter filter = Filter.of(query);
    boolean clear = PrivateRight.of(access, person, project);
    String after = query.getOrDefault("after", "");
    List<LabelQueries.Row> found =
        labels.list(project, filter.wish(TimePlace.read("after", after)), SHOWN + 1, clear);
    model.addAttribute("here", "labels");
    model.addAttribute("filter", filter);
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("clear", clear);
    model.addAttribute("numbers", labels.numbers(project));
    model.addAttribute("rows", found.subList(0, Math.min(SHOWN, found.size())));
    model.addAttribute("next", found.size() > SHOWN ? found.get(SHOWN - 1).place().text() : "");
    showRefused(project, query.getOrDefault("refused", ""), model);
    showRuns(project, person, model);
    model.addAttribute("studio", studio.of(project, query.getOrDefault("check", "").equals("yes")));
    model.addAttribute("webhook", webhook.of(project, place(query.getOrDefault("delivery", ""))));
    model.addAttribute(
        "formats", Arrays.stream(ExportFormat.values()).map(ExportFormat::word).toList());
    return "labels";
  }

  private void showRefused(String project, String after, Model model) {
    List<RefusedLabels.Refusal> found = refusals.newest(project, place(after), SHOWN + 1);
    model.addAttribute("refusals", found.subList(0, Math.min(SHOWN, found.size())));
    model.addAttribute("refusedFirst", after.isEmpty());
    model.addAttribute(
        "refusedNext", found.size() > SHOWN ? Long.toString(found.get(SHOWN - 1).id()) : "");
  }

  private static Optional<Long> place(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Refused.bad("a place in a list needs a number, got '%s'".formatted(text));
    }
    return Optional.of(Long.parseLong(text));
  }

  /** The exports alone, as they stand now: pages ask for them while one runs. */
  @GetMapping("/p/{project}/labels/exports")
  String exports(
      @PathVariable String project, @AuthenticationPrincipal SignedIn person, Model model) {
    showRuns(project, person, model);
    return "labels :: runs";
  }

  private void showRuns(String project, SignedIn person, Model model) {
    List<ExportRun> all = runs.newest(project, Optional.empty(), ExportRuns.MOST_KEPT);
    model.addAttribute("runs", all);
    model.addAttribute(
        "running", all.stream().anyMatch(run -> run.status() == ExportRun.Status.RUNNING));
    model.addAttribute("clear", PrivateRight.of(access, person, project));
    String reader = AnswerRight.hiddenFrom(access, person, project);
    model.addAttribute("untold", samples.hides(project, reader) ? reader : "");
    model.addAttribute("exports", covers(person, project, Role.REVIEWER));
    model.addAttribute("decides", covers(person, project, Role.AUTHOR));
  }

  @PostMapping("/p/{project}/labels/exports")
  String start(
      @PathVariable String project,
      @RequestParam String format,
      @RequestParam(defaultValue = "") String round,
      @RequestParam(defaultValue = "mask") String outside,
      @RequestParam(defaultValue = "25") double fps,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    String here = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    return done(
        told,
        () -> {
          ExportWish wish =
              ExportWish.of(format, round.isBlank() ? null : number(round), outside, fps);
          work.start(
              project,
              wish,
              PrivateRight.of(access, person, project),
              person.name(),
              AnswerRight.hiddenFrom(access, person, project),
              here);
          return "started";
        });
  }

  @PostMapping("/p/{project}/labels/exports/{export}/cancel")
  String cancel(
      @PathVariable String project, @PathVariable String export, RedirectAttributes told) {
    return done(told, () -> runs.cancel(project, export) ? "cancelled" : "over");
  }

  private static String done(RedirectAttributes told, Supplier<String> work) {
    try {
      told.addFlashAttribute("done", work.get());
    } catch (Refused refused) {
      told.addFlashAttribute("trouble", refused.detail());
    }
    return HOME;
  }

  private static long number(String round) {
    try {
      return Long.parseLong(round.strip());
    } catch (NumberFormatException wrong) {
      throw Refused.bad("round needs a number, got '" + round + "'");
    }
  }

  private boolean covers(SignedIn person, String project, Role needed) {
    return access.role(person, project).filter(role -> role.covers(needed)).isPresent();
  }
}
