package io.assay.web.rounds;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.labels.ExportFormat;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
  private final RoundArms arms;
  private final RoundSettings settings;
  private final Access access;
  private final CsvFiles files;

  RoundPages(
      Rounds rounds,
      RoundStore store,
      RoundProof proof,
      RoundArms arms,
      RoundSettings settings,
      Access access,
      CsvFiles files) {
    this.rounds = rounds;
    this.store = store;
    this.proof = proof;
    this.arms = arms;
    this.settings = settings;
    this.access = access;
    this.files = files;
  }

  /**
   * A round.
   *
   * @param state {@code OPEN}, {@code CLOSED} (no version has learned from it yet) or {@code OVER}
   * @param shown whether what came of it is shown
   * @param asOf when that was added up
   * @param changes of the assertions that the round had items of; none where it is not shown
   * @param arms what each has brought of each assertion; none where the round is over and not shown
   */
  record Row(
      LabelRound round,
      RoundStore.Progress progress,
      Moment opened,
      Optional<Moment> closed,
      String state,
      boolean shown,
      Optional<Moment> asOf,
      List<RoundProof.Change> changes,
      List<RoundArms.Arm> arms) {}

  /**
   * {@code proof}: the round of which is shown what came of it, which takes adding up a month of
   * all assertions; the newest that is over without it.
   */
  @GetMapping("/p/{project}/review/rounds")
  String list(
      @PathVariable String project,
      @RequestParam Optional<Long> proof,
      @RequestParam Optional<Long> before,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    List<LabelRound> found = store.all(project, before.orElse(Long.MAX_VALUE), SHOWN + 1);
    List<LabelRound> all = found.stream().limit(SHOWN).toList();
    long shown =
        proof
            .or(() -> all.stream().filter(LabelRound::isOver).map(LabelRound::number).findFirst())
            .orElse(0L);
    Map<Long, RoundStore.Progress> progress =
        all.isEmpty()
            ? Map.of()
            : store.progress(project, all.getLast().number(), all.getFirst().number());
    Map<Long, List<RoundArms.Arm>> drawn =
        all.isEmpty()
            ? Map.of()
            : arms.of(project, all.getLast().number(), all.getFirst().number());
    List<Row> rows =
        all.stream()
            .map(
                round ->
                    row(
                        project,
                        round,
                        progress.getOrDefault(round.number(), RoundStore.Progress.NONE),
                        round.number() == shown,
                        drawn.getOrDefault(round.number(), List.of())))
            .toList();
    model.addAttribute("here", "review");
    model.addAttribute("rows", rows);
    model.addAttribute("first", before.isEmpty());
    model.addAttribute("before", before.orElse(null));
    model.addAttribute("next", found.size() > SHOWN ? all.getLast().number() : null);
    model.addAttribute(
        "curve", RoundArms.curve(all.reversed().stream().map(LabelRound::number).toList(), drawn));
    model.addAttribute(
        "open", store.newest(project).filter(one -> one.closed().isEmpty()).isPresent());
    model.addAttribute("decides", decides(person, project));
    model.addAttribute(
        "formats", Arrays.stream(ExportFormat.values()).map(ExportFormat::word).toList());
    return "rounds";
  }

  /** All of them, the newest first. */
  @GetMapping("/p/{project}/review/rounds.csv")
  void csv(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<Long>send(
        response,
        "rounds.csv",
        RoundsCsv.HEAD,
        after -> RoundsCsv.part(store, project, after.orElse(Long.MAX_VALUE)));
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

  private Row row(
      String project,
      LabelRound round,
      RoundStore.Progress progress,
      boolean shown,
      List<RoundArms.Arm> drawn) {
    String state = round.state();
    Optional<RoundProof.Proof> came =
        shown ? Optional.of(proof.of(project, round)) : Optional.empty();
    return new Row(
        round,
        progress,
        new Moment(round.opened()),
        round.closed().map(Moment::new),
        state,
        shown,
        came.map(RoundProof.Proof::asOf).map(Moment::new),
        came.stream()
            .flatMap(one -> one.changes().stream())
            .filter(RoundProof.Change::ofRound)
            .toList(),
        shown || !round.isOver() ? drawn : List.of());
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
