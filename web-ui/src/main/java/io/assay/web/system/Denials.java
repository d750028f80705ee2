package io.assay.web.system;

import io.assay.web.access.Machine;
import io.assay.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
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
  private static final String NOTHING_FOR_TOKENS =
      "there is nothing here for a token: it is another project's, or it is for members who have"
          + " logged in";
  private static final String FORGED_PERHAPS =
      "who has logged in sends the header X-CSRF-TOKEN with each change: the value of the field"
          + " _csrf in the forms of any page";

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
      case NOTHING_THERE -> {
        if (isOfToken() && RequestKinds.isApi(request.getServletPath())) {
          response.sendError(HttpServletResponse.SC_NOT_FOUND, NOTHING_FOR_TOKENS);
        } else {
          response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
      }
      case SCOPE_MISSING ->
          response.sendError(
              HttpServletResponse.SC_FORBIDDEN, "this token lacks the scope for that");
      case ROLE_TOO_LOW, FREE -> {
        if (RequestKinds.isApi(request.getServletPath())) {
          response.sendError(
              HttpServletResponse.SC_FORBIDDEN,
              cause instanceof CsrfException ? FORGED_PERHAPS : wanted(request));
        } else {
          response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
      }
    }
  }

  private static String wanted(HttpServletRequest request) {
    String role =
        AccessRules.ALL.stream()
            .filter(rule -> rule.match(request).isPresent())
            .findFirst()
            .flatMap(rule -> role(rule.need()))
            .map(least -> "the role " + least.name().toLowerCase(Locale.ROOT))
            .orElse("a higher role");
    return "this takes %s in the project; an administrator of it gives that".formatted(role);
  }

  private static Optional<Role> role(Need need) {
    return switch (need) {
      case Need.Nothing ignored -> Optional.empty();
      case Need.ManagementPort ignored -> Optional.empty();
      case Need.Account ignored -> Optional.empty();
      case Need.Known ignored -> Optional.empty();
      case Need.Membership membership -> Optional.of(membership.atLeast());
      case Need.RoleOrScope either -> Optional.of(either.atLeast());
    };
  }

  private static boolean isOfToken() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who != null && who.getPrincipal() instanceof Machine;
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
