package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives every template the chosen theme, {@code auto} without a choice, and the zone of its times.
 */
@ControllerAdvice
class ThemeOfRequest {
  @ModelAttribute("theme")
  String theme(@CookieValue(name = Theme.COOKIE, defaultValue = "auto") String cookie) {
    return switch (cookie) {
      case "light", "dark" -> cookie;
      default -> "auto";
    };
  }

  @ModelAttribute("zone")
  String zone() {
    return ReadersZone.current().getId();
  }

  /** What the address names and is none; a form that had an unknown one has told its own before. */
  @ModelAttribute("unknownZone")
  @Nullable String unknownZone(HttpServletRequest request) {
    String name = ReadersZone.named(request);
    return name.isEmpty() || ReadersZone.read(name).isPresent() ? null : ReadersZone.shown(name);
  }
}
