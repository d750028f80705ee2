package io.assay.web.stability;

import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
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

/** Refreshes of embeddings for people: how much each changed, and whether it may go on. */
@Page
class StabilityPages {
  private final KnownReleases releases;
  private final Acceptances acceptances;
  private final Access access;

  StabilityPages(KnownReleases releases, Acceptances acceptances, Access access) {
    this.releases = releases;
    this.acceptances = acceptances;
    this.access = access;
  }

  /** Of the embeddings {@code of} the releases go on behind {@code after}. */
  @GetMapping("/p/{project}/stability")
  String all(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String of,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    Optional<ReleasePlace> place = ReleasePlace.read(after);
    model.addAttribute("here", "stability");
    model.addAttribute(
        "embeddings",
        releases.embeddings(project).stream()
            .map(
                one ->
                    EmbeddingsView.of(
                        releases, project, one, one.name().equals(of) ? place : Optional.empty()))
            .toList());
    return "stability";
  }

  /**
   * @param item a name, or letters of it: of the items that moved only those are shown; of one
   *     alone what is near it
   */
  @GetMapping("/p/{project}/stability/{name}/{release}")
  String one(
      @PathVariable String project,
      @PathVariable String name,
      @PathVariable String release,
      @RequestParam(defaultValue = "") String item,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    StabilityRecord alone =
        releases
            .release(project, name, release)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<String, Neighbourhoods> around = releases.around(project, name, release);
    List<ComparisonView> comparisons =
        releases.all(project, name, release).stream()
            .filter(record -> !record.base().isEmpty())
            .map(
                record ->
                    ComparisonView.of(
                        record,
                        Optional.ofNullable(around.get(record.base())),
                        releases.expected(project, name, record.generation()),
                        item.strip()))
            .toList();
    model.addAttribute("here", "stability");
    model.addAttribute("release", alone);
    model.addAttribute("comparisons", comparisons);
    model.addAttribute("item", item);
    model.addAttribute("models", releases.models(project, name));
    model.addAttribute(
        "decides",
        access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent());
    return "release";
  }

  @PostMapping("/p/{project}/stability/{name}/{release}/accept")
  String accept(
      @PathVariable String project,
      @PathVariable String name,
      @PathVariable String release,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      ReleaseAcceptance acceptance =
          releases.acceptance(project, name, release, person.getUsername(), why);
      acceptances.send(acceptance);
      next.addFlashAttribute("done", true);
    } catch (Refused refused) {
      next.addFlashAttribute("trouble", refused.detail());
    }
    next.addAttribute("name", name);
    next.addAttribute("release", release);
    return "redirect:/p/{project}/stability/{name}/{release}";
  }
}
