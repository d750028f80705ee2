package io.assay.web.alerts;

import io.assay.assertion.Level;
import io.assay.assertion.alert.LabelMatcher;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.rules.UnusableTargets;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What fires, what may soon, what is silenced, and what there was. */
@Page
class AlertsPage {
  private static final int RECENT = 50;
  private static final int SILENCES = 50;

  /** Alerts at once, however many fire. */
  private static final int SHOWN = 50;

  private static final String BACK = "redirect:/p/{project}/alerts";

  private final AlertDesk desk;
  private final AlertList list;
  private final AlertQueries alerts;
  private final UnusableTargets targets;
  private final Access access;
  private final AlertSettings settings;
  private final Clock clock;

  AlertsPage(
      AlertDesk desk,
      AlertList list,
      AlertQueries alerts,
      UnusableTargets targets,
      Access access,
      AlertSettings settings,
      Clock clock) {
    this.desk = desk;
    this.list = list;
    this.alerts = alerts;
    this.targets = targets;
    this.access = access;
    this.settings = settings;
    this.clock = clock;
  }

  /** A change of a phase, as a line. */
  record Line(AlertQueries.Change change, Moment at) {
    static List<Line> of(List<AlertQueries.Change> changes) {
      return changes.stream().map(one -> new Line(one, new Moment(one.at()))).toList();
    }
  }

  /** A silence that is on or to come, as a line. */
  record SilenceLine(
      long id,
      String matchers,
      Moment starts,
      Moment ends,
      String author,
      String comment,
      boolean on) {}

  @GetMapping("/p/{project}/alerts")
  String list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    AlertFilter filter = AlertFilter.of(query);
    String after = query.getOrDefault("after", "");
    AlertList.Part part = list.part(project, filter, AlertPlace.read(after), SHOWN);
    showHistory(project, "", filter, query.getOrDefault("before", ""), model);
    model.addAttribute("filter", filter);
    model.addAttribute("assertions", choices(project, filter));
    model.addAttribute("levels", Level.values());
    model.addAttribute("states", AlertFilter.shelves().stream().map(AlertShelf::label).toList());
    model.addAttribute("here", "alerts");
    model.addAttribute("shelves", part.shelves());
    model.addAttribute("counts", part.counts());
    model.addAttribute("none", part.isEmpty());
    model.addAttribute("nomatch", !part.isEmpty() && part.shelves().isEmpty());
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("next", part.next());
    showSilences(project, query.getOrDefault("silence", ""), model);
    Optional<Instant> late =
        alerts.looked(project).filter(last -> last.plus(settings.late()).isBefore(clock.instant()));
    model.addAttribute("late", late.map(Moment::new).orElse(null));
    model.addAttribute("unusable", targets.of(project));
    model.addAttribute("sees", may(Role.REVIEWER, person, project));
    model.addAttribute("writes", may(Role.AUTHOR, person, project));
    return "alerts";
  }

  private void showHistory(
      String project, String fingerprint, AlertFilter filter, String before, Model model) {
    long from = before.isEmpty() ? Long.MAX_VALUE : AlertApi.number(before);
    List<AlertQueries.Change> found =
        alerts.history(project, fingerprint, filter, from, RECENT + 1);
    model.addAttribute("historyFirst", before.isEmpty());
    model.addAttribute("history", Line.of(found.stream().limit(RECENT).toList()));
    model.addAttribute("older", found.size() > RECENT ? found.get(RECENT - 1).id() : null);
  }

  /** What was chosen is among them, so that the form shows what the address says. */
  private List<String> choices(String project, AlertFilter filter) {
    var all = new TreeSet<>(alerts.assertions(project));
    if (!filter.assertion().isEmpty()) {
      all.add(filter.assertion());
    }
    return List.copyOf(all);
  }

  /**
   * {@code before}: the number of a silence, of which older ones are shown; empty for the first.
   */
  private void showSilences(String project, String before, Model model) {
    long from = before.isEmpty() ? Long.MAX_VALUE : AlertApi.number(before);
    List<SilenceStore.Stored> found = desk.currentSilences(project, from, SILENCES + 1);
    model.addAttribute("silencesFirst", before.isEmpty());
    model.addAttribute(
        "silences", found.stream().limit(SILENCES).map(one -> line(one, clock.instant())).toList());
    model.addAttribute(
        "silencesNext", found.size() > SILENCES ? found.get(SILENCES - 1).id() : null);
  }

  private static SilenceLine line(SilenceStore.Stored one, Instant now) {
    return new SilenceLine(
        one.id(),
        String.join(", ", one.silence().matchers().stream().map(LabelMatcher::written).toList()),
        new Moment(one.silence().starts()),
        new Moment(one.silence().ends()),
        one.author(),
        one.comment(),
        one.silence().isOn(now));
  }

  private boolean may(Role needed, SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(needed)).isPresent();
  }

  @GetMapping("/p/{project}/alerts/{fingerprint}")
  String one(
      @PathVariable String project,
      @PathVariable String fingerprint,
      @RequestParam(defaultValue = "") String before,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    var known = alerts.one(project, fingerprint);
    boolean never =
        alerts.history(project, fingerprint, AlertFilter.ALL, Long.MAX_VALUE, 1).isEmpty();
    if (known.isEmpty() && never) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there was no alert " + fingerprint);
    }
    model.addAttribute("here", "alerts");
    model.addAttribute("fingerprint", fingerprint);
    model.addAttribute("alert", known.map(ignored -> desk.one(project, fingerprint)).orElse(null));
    showHistory(project, fingerprint, AlertFilter.ALL, before, model);
    model.addAttribute("sees", may(Role.REVIEWER, person, project));
    return "alert";
  }

  @PostMapping("/p/{project}/alerts/{fingerprint}/acknowledge")
  String acknowledge(
      @PathVariable String project,
      @PathVariable String fingerprint,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      desk.acknowledge(project, fingerprint, person.name());
      next.addFlashAttribute("done", "acknowledged");
    } catch (Refused refused) {
      next.addFlashAttribute("problem", refused.detail());
    }
    return BACK;
  }

  @PostMapping("/p/{project}/alerts/silences")
  String silence(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String matchers,
      @RequestParam(defaultValue = "") String starts,
      @RequestParam(defaultValue = "") String ends,
      @RequestParam(defaultValue = "") String comment,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      desk.silence(
          project,
          new AlertDesk.Wish(matchers.lines().toList(), starts, ends, comment),
          person.name());
      next.addFlashAttribute("done", "silenced");
    } catch (Refused refused) {
      next.addFlashAttribute("problem", refused.detail());
      next.addFlashAttribute("wish", new AlertDesk.Wish(List.of(matchers), starts, ends, comment));
    }
    return BACK;
  }

  @PostMapping("/p/{project}/alerts/silences/{silence}/end")
  String end(
      @PathVariable String project,
      @PathVariable String silence,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      desk.end(project, AlertApi.number(silence), person.name());
      next.addFlashAttribute("done", "ended");
    } catch (Refused refused) {
      next.addFlashAttribute("problem", refused.detail());
    }
    return BACK;
  }
}
