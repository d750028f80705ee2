package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;

/** Tells a person's page from a program's request. */
final class RequestKinds {
  private RequestKinds() {}

  static boolean isApi(String path) {
    return path.startsWith("/api/") || path.startsWith("/actuator/");
  }

  /** Whether it asks for what is there, and changes nothing. */
  static boolean reads(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** The project whose page this is, as the address has it; empty: of none. */
  static String projectOfPage(String path) {
    if (!path.startsWith("/p/")) {
      return "";
    }
    int end = path.indexOf('/', 3);
    return end < 0 ? path.substring(3) : path.substring(3, end);
  }

  /** Whether a browser shows the answer as a page of its own. */
  static boolean isPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return !isApi(request.getServletPath())
        && request.getHeader("HX-Request") == null
        && (accept == null || accept.contains("text/html") || accept.contains("*/*"));
  }
}
