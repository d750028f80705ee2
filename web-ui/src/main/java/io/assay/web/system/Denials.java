package io.assay.web.system;

import io.assay.web.access.Access;
import io.assay.web.access.Machine;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
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

  private final Access access;
  private final MessageSource texts;
  private final SecurityContextLogoutHandler logout = new SecurityContextLogoutHandler();

  Denials(Access access, MessageSource texts) {
    this.access = access;
    this.texts = texts;
  }

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
    if (cause instanceof CsrfException) {
      outdated(request, response);
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
          response.sendError(HttpServletResponse.SC_FORBIDDEN, wanted(request));
        } else {
          whoCanGive(request).ifPresent(why -> request.setAttribute(ErrorPages.WHY, why));
          response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
      }
    }
  }

  /**
   * A form without the secret of its session: of a page that was open when the session ended, or of
   * another site's. Nothing is done for either.
   */
  private static void outdated(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // The filter stands before the one that would say that it is nobody.
    if (SecurityContextHolder.getContext().getAuthentication() == null) {
      toLogin(request, response, "/login?outdated");
    } else if (RequestKinds.isApi(request.getServletPath())) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, FORGED_PERHAPS);
    } else {
      request.setAttribute(ErrorPages.TEXTS, "outdated");
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private static String wanted(HttpServletRequest request) {
    String role =
        needed(request)
            .map(least -> "the role " + least.name().toLowerCase(Locale.ROOT))
            .orElse("a higher role");
    return "this takes %s in the project; an administrator of it gives that".formatted(role);
  }

  /** To a member: which role it takes, which one has, and who can change that. */
  private Optional<String> whoCanGive(HttpServletRequest request) {
    String project = RequestKinds.projectOfPage(request.getServletPath());
    return person()
        .flatMap(person -> access.role(person, project))
        .flatMap(
            has ->
                needed(request)
                    .map(
                        least ->
                            texts.getMessage(
                                "error.403.why",
                                new Object[] {
                                  name(least, request),
                                  project,
                                  name(has, request),
                                  String.join(", ", access.administrators(project))
                                },
                                request.getLocale())));
  }

  private String name(Role role, HttpServletRequest request) {
    return texts.getMessage("error.role." + role.name(), null, request.getLocale());
  }

  private static Optional<Role> needed(HttpServletRequest request) {
    return AccessRules.ALL.stream()
        .filter(rule -> rule.match(request).isPresent())
        .findFirst()
        .flatMap(rule -> role(rule.need()));
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

  /** Who has logged in, if it is a person. */
  static Optional<SignedIn> person() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who != null && who.getPrincipal() instanceof SignedIn person
        ? Optional.of(person)
        : Optional.empty();
  }

  private static boolean isOfToken() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who != null && who.getPrincipal() instanceof Machine;
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
