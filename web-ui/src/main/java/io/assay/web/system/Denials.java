package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** Answers whoever does not pass: pages lead to the login, programs get a status. */
@Component
final class Denials implements AuthenticationEntryPoint, AccessDeniedHandler {
  private final SecurityContextLogoutHandler logout = new SecurityContextLogoutHandler();

  /** Not logged in. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException {
    toLogin(request, response, "/login");
  }

  /** Logged in, and yet no. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException {
    if (cause instanceof CsrfException && isProgramWithoutToken(request)) {
      toLogin(request, response, "/login");
      return;
    }
    Passage passage =
        cause instanceof AuthorizationDeniedException denied
                && denied.getAuthorizationResult() instanceof Passage given
            ? given
            : Passage.ROLE_TOO_LOW;
    switch (passage) {
      case SESSION_OVER -> {
        logout.logout(request, response, SecurityContextHolder.getContext().getAuthentication());
        toLogin(request, response, "/login?ended");
      }
      case NOTHING_THERE -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
      case SCOPE_MISSING ->
          response.sendError(
              HttpServletResponse.SC_FORBIDDEN, "this token lacks the scope for that");
      case ROLE_TOO_LOW, FREE -> response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  /** It needs to be told that it is not logged in, rather than what only pages know of. */
  private static boolean isProgramWithoutToken(HttpServletRequest request) {
    return RequestKinds.isApi(request.getServletPath())
        && SecurityContextHolder.getContext().getAuthentication() == null;
  }

  private static void toLogin(
      HttpServletRequest request, HttpServletResponse response, String login) throws IOException {
    if (RequestKinds.isPage(request)) {
      response.sendRedirect(request.getContextPath() + login);
    } else {
      if (RequestKinds.isApi(request.getServletPath())) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      }
      response.setHeader("HX-Redirect", request.getContextPath() + login);
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }
}
