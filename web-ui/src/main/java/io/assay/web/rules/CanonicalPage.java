package io.assay.web.rules;

import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.system.Page;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** The rules in force as the JSON by which another process judges, for people to look at. */
@Page
class CanonicalPage {
  /** Characters: a browser lays out more only slowly, and the file has all. */
  private static final int SHOWN = 100_000;

  private final ActiveRules active;

  CanonicalPage(ActiveRules active) {
    this.active = active;
  }

  /** An assertion, and what its state and its violations' ids hang on. */
  record Hashed(String name, String hash) {
    static Hashed of(CheckedAssertion assertion) {
      return new Hashed(assertion.name(), assertion.judgementHash());
    }
  }

  @GetMapping("/p/{project}/rules/canonical")
  String show(@PathVariable String project, Model model) {
    Optional<RuleGeneration> now = active.generation(project);
    model.addAttribute("here", "rules");
    model.addAttribute("now", now.map(one -> GenerationRow.of(one.set())).orElse(null));
    model.addAttribute("size", 0);
    now.ifPresent(
        one -> {
          String text = CanonicalRules.write(one.rules());
          String shown = JsonMapper.shared().readTree(text).toPrettyString();
          List<Hashed> hashes = one.rules().assertions().stream().map(Hashed::of).toList();
          model.addAttribute("size", (text.length() + 1023) / 1024);
          model.addAttribute("json", shown.substring(0, Math.min(shown.length(), SHOWN)));
          model.addAttribute("isCut", shown.length() > SHOWN);
          model.addAttribute("hashes", hashes);
        });
    return "rules-canonical";
  }

  /**
   * @throws ResponseStatusException where the project has no rules
   */
  static String text(Optional<RuleGeneration> now) {
    return now.map(one -> CanonicalRules.write(one.rules()) + "\n")
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "there are no rules of this project"));
  }
}
