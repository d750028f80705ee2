package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;

/** Tells a person's page from a program's request. */
final class RequestKinds {
  private RequestKinds() {}

  static boolean isApi(String path) {
    return path.startsWith("/api/") || path.startsWith("/actuator/");
  }

  /** Whether a browser shows the answer as a page of its own. */
  static boolean isPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return !isApi(request.getServletPath())
        && request.getHeader("HX-Request") == null
        && (accept == null || accept.contains("text/html") || accept.contains("*/*"));
  }
}
