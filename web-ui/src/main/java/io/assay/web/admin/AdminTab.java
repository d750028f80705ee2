package io.assay.web.admin;

import java.util.Locale;
import org.springframework.ui.Model;

/** The pages of administration, which share one place of the rail. */
public enum AdminTab {
  MEMBERS,
  TOKENS,
  PROJECTS,
  AUDIT,
  RETENTION,
  ERASURE;

  /** As its path ends. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Has the page show that it is this one, among the others. */
  public void show(Model model) {
    model.addAttribute("here", "administration");
    model.addAttribute("tab", this);
    model.addAttribute("tabs", values());
  }
}
