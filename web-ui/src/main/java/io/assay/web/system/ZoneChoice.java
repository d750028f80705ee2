package io.assay.web.system;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Keeps the zone in which somebody reads times, in a cookie; of an unknown one the page says so.
 */
@Controller
class ZoneChoice {

  /** {@code zone}: a name such as {@code Europe/Berlin}; empty for UTC. */
  @PostMapping("/zone")
  String choose(
      @RequestParam(defaultValue = "") String zone,
      @RequestHeader(name = HttpHeaders.REFERER, defaultValue = "/") String from,
      HttpServletResponse response,
      RedirectAttributes next) {
    String wanted = zone.strip().isEmpty() ? "UTC" : zone.strip();
    if (ReadersZone.read(wanted).isEmpty()) {
      next.addFlashAttribute("unknownZone", ReadersZone.shown(wanted));
      return "redirect:" + back(from);
    }
    ResponseCookie cookie =
        ResponseCookie.from(ReadersZone.COOKIE, wanted)
            .path("/")
            .sameSite("Lax")
            .maxAge(Duration.ofDays(365))
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    return "redirect:" + back(from);
  }

  /** Without a zone of the address, which would go before the one that was chosen. */
  private static String back(String from) {
    String address = Theme.back(from);
    int query = address.indexOf('?');
    if (query < 0) {
      return address;
    }
    String left =
        Arrays.stream(address.substring(query + 1).split("&"))
            .filter(one -> !one.startsWith(ReadersZone.PARAMETER + "="))
            .collect(Collectors.joining("&"));
    return address.substring(0, query) + (left.isEmpty() ? "" : "?" + left);
  }
}
