package io.assay.web.rounds;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.labels.ExportFormat;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of rounds: how far each is, where its samples are, and what came of it. */
@Page
class RoundPages {
  private static final String ROUNDS = "redirect:/p/{project}/review/rounds";
  private static final int SHOWN = 20;

  private final Rounds rounds;
  private final RoundStore store;
  private final RoundProof proof;
  private final RoundSettings settings;
  private final Access access;

  RoundPages(
      Rounds rounds, RoundStore store, RoundProof proof, RoundSettings settings, Access access) {
    this.rounds = rounds;
    this.store = store;
    this.proof = proof;
    this.settings = settings;
    this.access = access;
  }

  /**
   * A round.
   *
   * @param state {@code OPEN}, {@code CLOSED} (no version has learned from it yet) or {@code OVER}
   * @param changes of the assertions that the round had items of
   */
  record Row(
      LabelRound round,
      RoundStore.Progress progress,
      Moment opened,
      Optional<Moment> closed,
      String state,
      List<RoundProof.Change> changes) {}

  @GetMapping("/p/{project}/review/rounds")
  String list(@PathVariable String project, @AuthenticationPrincipal SignedIn person, Model model) {
    List<Row> rows = store.all(project, SHOWN).stream().map(round -> row(project, round)).toList();
    model.addAttribute("here", "review");
    model.addAttribute("rows", rows);
    model.addAttribute("open", rows.stream().anyMatch(row -> row.state().equals("OPEN")));
    model.addAttribute("decides", decides(person, project));
    model.addAttribute(
        "formats", Arrays.stream(ExportFormat.values()).map(ExportFormat::word).toList());
    return "rounds";
  }

  @PostMapping("/p/{project}/review/rounds")
  String open(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    return done(told, () -> rounds.open(project, person.getUsername(), settings.roundSize()));
  }

  @PostMapping("/p/{project}/review/rounds/{number}/close")
  String close(
      @PathVariable String project,
      @PathVariable long number,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    return done(told, () -> rounds.close(project, number, person.getUsername(), ""));
  }

  @PostMapping("/p/{project}/review/rounds/{number}/trained")
  String trained(
      @PathVariable String project,
      @PathVariable long number,
      @RequestParam(defaultValue = "") String version,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    return done(
        told,
        () -> rounds.trained(project, number, person.getUsername(), RoundApi.version(version)));
  }

  private Row row(String project, LabelRound round) {
    String state = round.closed().isEmpty() ? "OPEN" : round.isOver() ? "OVER" : "CLOSED";
    return new Row(
        round,
        store.progress(project, round.number()),
        new Moment(round.opened()),
        round.closed().map(Moment::new),
        state,
        proof.of(project, round).changes().stream().filter(RoundProof.Change::ofRound).toList());
  }

  private boolean decides(SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent();
  }

  /** What stands in the way is told on the page. */
  private static String done(RedirectAttributes told, Runnable act) {
    try {
      act.run();
    } catch (Refused refused) {
      told.addFlashAttribute("trouble", refused.detail());
    }
    return ROUNDS;
  }
}
