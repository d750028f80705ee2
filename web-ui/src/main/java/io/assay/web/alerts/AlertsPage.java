package io.assay.web.alerts;

import io.assay.assertion.alert.LabelMatcher;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private static final String BACK = "redirect:/p/{project}/alerts";

  private final AlertDesk desk;
  private final AlertQueries alerts;
  private final Access access;
  private final Clock clock;

  AlertsPage(AlertDesk desk, AlertQueries alerts, Access access, Clock clock) {
    this.desk = desk;
    this.alerts = alerts;
    this.access = access;
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
      @RequestParam(defaultValue = "") String before,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Map<String, List<AlertItem>> shelves = new TreeMap<>();
    List<AlertItem> open = desk.open(project);
    for (String shelf : List.of("firing", "pending", "silenced", "acknowledged")) {
      shelves.put(shelf, open.stream().filter(item -> item.shelf().equals(shelf)).toList());
    }
    long from = before.isEmpty() ? Long.MAX_VALUE : AlertApi.number(before);
    List<AlertQueries.Change> found = alerts.history(project, "", "", from, RECENT + 1);
    model.addAttribute("here", "alerts");
    model.addAttribute("shelves", shelves);
    model.addAttribute("open", open.size());
    model.addAttribute("history", Line.of(found.stream().limit(RECENT).toList()));
    model.addAttribute("older", found.size() > RECENT ? found.get(RECENT - 1).id() : null);
    model.addAttribute("silences", silences(project));
    model.addAttribute("sees", may(Role.REVIEWER, person, project));
    model.addAttribute("writes", may(Role.AUTHOR, person, project));
    return "alerts";
  }

  private List<SilenceLine> silences(String project) {
    return desk.currentSilences(project).stream()
        .map(
            one ->
                new SilenceLine(
                    one.id(),
                    String.join(
                        ", ",
                        one.silence().matchers().stream().map(LabelMatcher::written).toList()),
                    new Moment(one.silence().starts()),
                    new Moment(one.silence().ends()),
                    one.author(),
                    one.comment(),
                    one.silence().isOn(clock.instant())))
        .toList();
  }

  private boolean may(Role needed, SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(needed)).isPresent();
  }

  @GetMapping("/p/{project}/alerts/{fingerprint}")
  String one(
      @PathVariable String project,
      @PathVariable String fingerprint,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    List<AlertQueries.Change> history =
        alerts.history(project, fingerprint, "", Long.MAX_VALUE, RECENT);
    var known = alerts.one(project, fingerprint);
    if (known.isEmpty() && history.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there was no alert " + fingerprint);
    }
    model.addAttribute("here", "alerts");
    model.addAttribute("fingerprint", fingerprint);
    model.addAttribute("alert", known.map(ignored -> desk.one(project, fingerprint)).orElse(null));
    model.addAttribute("history", Line.of(history));
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
