package io.assay.web.system;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Keeps the choice between light and dark in a cookie, so that it holds before the login too. */
@Controller
class Theme {
  static final String COOKIE = "assay-theme";

  @PostMapping("/theme")
  String choose(
      @RequestParam Choice choice,
      @RequestHeader(name = HttpHeaders.REFERER, defaultValue = "/") String from,
      HttpServletResponse response) {
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, choice.name())
            .path("/")
            .sameSite("Lax")
            .maxAge(Duration.ofDays(365))
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    return "redirect:" + back(from);
  }

  /** Only path and query of where one came from: a redirect never leaves this site. */
  static String back(String from) {
    try {
      URI uri = URI.create(from);
      String path = uri.getRawPath();
      if (path == null || !path.startsWith("/") || path.startsWith("//")) {
        return "/";
      }
      return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
    } catch (IllegalArgumentException notAnAddress) {
      return "/";
    }
  }

  /** What one can choose; without a choice the system's own setting holds. */
  enum Choice {
    light,
    dark
  }
}
