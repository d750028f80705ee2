package io.assay.web.system;

import io.assay.web.access.Machine;
import io.assay.web.access.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets programs in by {@code Authorization: Bearer}. Such a request has no session, whatever cookie
 * comes with it: a bad token is not made up for by one.
 */
final class BearerFilter extends OncePerRequestFilter {
  private static final String SCHEME = "Bearer ";
  private static final int TOO_MANY_REQUESTS = 429;

  private final Tokens tokens;
  private final BearerThrottle throttle;

  BearerFilter(Tokens tokens, BearerThrottle throttle) {
    this.tokens = tokens;
    this.throttle = throttle;
  }

  static boolean isBearer(HttpServletRequest request) {
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    return given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String token = text(request);
    String address = request.getRemoteAddr();
    if (!throttle.admit(token, address)) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(BearerThrottle.WINDOW.toSeconds()));
      response.sendError(TOO_MANY_REQUESTS, "too many bad tokens came from this address");
      return;
    }
    switch (tokens.look(token)) {
      case Tokens.Shown.Good(Machine machine) -> {
        throttle.passed(token);
        enter(machine);
        chain.doFilter(request, response);
      }
      case Tokens.Shown.Bad(String reason) -> {
        throttle.failed(token, address);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED, reason);
      }
    }
  }

  private static String text(HttpServletRequest request) {
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    return given == null ? "" : given.substring(SCHEME.length()).strip();
  }

  /** For this request alone: the filter that made the context clears it. */
  private static void enter(Machine machine) {
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(machine, null, List.of()));
    SecurityContextHolder.setContext(context);
  }
}
