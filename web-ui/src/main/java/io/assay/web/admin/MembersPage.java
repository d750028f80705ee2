package io.assay.web.admin;

import io.assay.web.access.AuditRow;
import io.assay.web.access.Change;
import io.assay.web.access.ChangeWords;
import io.assay.web.access.Member;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.CsvText;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who may do what in a project, and who changed that. */
@Page
class MembersPage {
  private static final int SIZE = 50;
  private static final String BACK = "redirect:/p/{project}/members";

  private final Members members;
  private final ChangeWords words;
  private final CsvFiles files;

  MembersPage(Members members, ChangeWords words, CsvFiles files) {
    this.members = members;
    this.words = words;
    this.files = files;
  }

  @GetMapping("/p/{project}/members")
  String show(
      @PathVariable String project,
      @RequestParam(defaultValue = "false") boolean labels,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    AdminTab.MEMBERS.show(model);
    List<Member> found = members.of(project, after, SIZE + 1);
    model.addAttribute("members", found.stream().limit(SIZE).toList());
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("next", found.size() > SIZE ? found.get(SIZE - 1).name() : "");
    List<AuditRow> changes = labels ? members.changes(project) : members.changesButLabels(project);
    model.addAttribute("changes", changes.stream().map(this::inWords).toList());
    model.addAttribute("labels", labels);
    model.addAttribute("roles", Role.values());
    return "members";
  }

  private AuditRow inWords(AuditRow row) {
    return new AuditRow(
        row.at(),
        row.actor(),
        row.action(),
        row.subject(),
        words.detail(row.action(), row.detail()));
  }

  /** All of them, by name. */
  @GetMapping("/p/{project}/members.csv")
  void csv(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<String>send(
        response,
        "members.csv",
        List.of("name", "role"),
        after ->
            CsvParts.Part.of(
                members.of(project, after.orElse(""), CsvFiles.PART),
                CsvFiles.PART,
                one ->
                    List.of(CsvText.text(one.name()), one.role().name().toLowerCase(Locale.ROOT)),
                Member::name));
  }

  @PostMapping("/p/{project}/members")
  String add(
      @PathVariable String project,
      @RequestParam String name,
      @RequestParam Role role,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return tell(members.add(project, person.name(), name, role), next);
  }

  @PostMapping("/p/{project}/members/{name}/role")
  String changeRole(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam Role role,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return tell(members.changeRole(project, person.name(), name, role), next);
  }

  @PostMapping("/p/{project}/members/{name}/password")
  String resetPassword(
      @PathVariable String project,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return tell(members.resetPassword(project, person.name(), name), next);
  }

  @PostMapping("/p/{project}/members/{name}/remove")
  String remove(
      @PathVariable String project,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return tell(members.remove(project, person.name(), name), next);
  }

  private static String tell(Change change, RedirectAttributes next) {
    switch (change) {
      case Change.Done ignored -> next.addFlashAttribute("done", true);
      case Change.NewPassword made -> next.addFlashAttribute("made", made);
      case Change.Refused refused -> next.addFlashAttribute("refused", refused.reason().name());
    }
    return BACK;
  }
}
