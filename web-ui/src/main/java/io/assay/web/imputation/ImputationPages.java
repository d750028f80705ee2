package io.assay.web.imputation;

import io.assay.imputation.AimNet;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.rates.RateQueries;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.node.ObjectNode;

/** Imputers for people: what is missing, what fills it, how sure, and which version is in force. */
@Page
class ImputationPages {
  private static final String ONE = "redirect:/p/{project}/imputation/{stream}";

  private static final int SHOWN = 50;

  private final ImputerItems items;
  private final Filling filling;
  private final RateQueries rates;
  private final Access access;

  ImputationPages(ImputerItems items, Filling filling, RateQueries rates, Access access) {
    this.items = items;
    this.filling = filling;
    this.rates = rates;
    this.access = access;
  }

  @GetMapping("/p/{project}/imputation")
  String all(@PathVariable String project, Model model) {
    model.addAttribute("here", "imputation");
    model.addAttribute(
        "imputers",
        items.of(project).stream()
            .map(one -> ImputerView.of(one, (from, until) -> List.of()))
            .toList());
    return "imputation";
  }

  /**
   * Behind the version {@code before} the versions go on, and behind the place {@code chosen} what
   * was decided of them.
   */
  @GetMapping("/p/{project}/imputation/{stream}")
  String one(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam Optional<Long> before,
      @RequestParam(defaultValue = "") String chosen,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    show(project, stream, person, model);
    showParts(project, stream, before, chosen, model);
    return "imputer";
  }

  private void showParts(
      String project, String stream, Optional<Long> before, String chosen, Model model) {
    ImputerItems.Versions versions =
        items.versions(project, stream, before.orElse(Long.MAX_VALUE), SHOWN);
    ImputerItems.Choices choices =
        items.choices(project, stream, ChoicePlace.read("chosen", chosen), SHOWN);
    model.addAttribute("versions", versions.items().stream().map(ImputerView.Version::of).toList());
    model.addAttribute("versionsFirst", before.isEmpty());
    model.addAttribute("versionsNext", versions.next());
    model.addAttribute("choices", choices.items().stream().map(ImputerView.Choice::of).toList());
    model.addAttribute("choicesFirst", chosen.isEmpty());
    model.addAttribute("choicesNext", choices.next());
  }

  private Optional<ImputedStream> show(
      String project, String stream, SignedIn person, Model model) {
    ImputerItems.Item item =
        items.of(project).stream()
            .filter(one -> one.stream().equals(stream))
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Optional<ImputedStream> declared = filling.stream(project, stream);
    model.addAttribute("here", "imputation");
    model.addAttribute("stream", stream);
    model.addAttribute(
        "imputer",
        ImputerView.of(
            item, (from, until) -> rates.versions(project, List.of(stream), from, until)));
    Optional<AimNet> inForce =
        declared.flatMap(known -> filling.inForce(project, known)).map(ready -> ready.imputer());
    model.addAttribute("attention", inForce.map(AttentionMap::of).orElse(null));
    model.addAttribute(
        "fields", declared.map(known -> TriedField.of(known, inForce)).orElse(List.of()));
    model.addAttribute("decides", isAuthor(person, project));
    return declared;
  }

  /**
   * What would be filled in here; {@code given}: {@code value.FIELD}, empty where it is missing.
   */
  @PostMapping("/p/{project}/imputation/{stream}/try")
  String tried(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam Map<String, String> given,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Optional<ImputedStream> declared = show(project, stream, person, model);
    showParts(project, stream, Optional.empty(), "", model);
    model.addAttribute("given", given);
    try {
      Fillers fillers = filling.of(project, stream);
      ObjectNode record = TriedRecord.of(declared.orElseThrow(), given);
      fillers.fill(List.of(record), 0);
      model.addAttribute("filled", TriedRecord.filled(record));
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
    }
    return "imputer";
  }

  @PostMapping("/p/{project}/imputation/{stream}/versions/{version}/promote")
  String promote(
      @PathVariable String project,
      @PathVariable String stream,
      @PathVariable long version,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    told(next, () -> items.promote(project, stream, version, person.getUsername(), why));
    return ONE;
  }

  @PostMapping("/p/{project}/imputation/{stream}/release")
  String release(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    told(next, () -> items.release(project, stream, person.getUsername(), why));
    return ONE;
  }

  private static void told(RedirectAttributes next, Runnable decision) {
    try {
      decision.run();
      next.addFlashAttribute("done", true);
    } catch (Refused refused) {
      next.addFlashAttribute("trouble", refused.detail());
    }
  }

  private boolean isAuthor(SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent();
  }
}
