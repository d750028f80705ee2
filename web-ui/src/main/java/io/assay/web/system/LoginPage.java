package io.assay.web.system;

import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form before everything; Spring Security takes what is sent. */
@Controller
class LoginPage {
  @GetMapping("/login")
  String show(@RequestParam Map<String, String> parameters, Model model) {
    for (Notice notice : Notice.values()) {
      if (parameters.containsKey(notice.name())) {
        model.addAttribute("notice", "login." + notice.name());
        model.addAttribute("bad", notice.bad);
      }
    }
    return "login";
  }

  /** Why one is here; the name is the address' parameter and part of the text's key. */
  private enum Notice {
    failed(true),
    throttled(true),
    ended(false),
    outdated(false),
    out(false);

    private final boolean bad;

    Notice(boolean bad) {
      this.bad = bad;
    }
  }
}
