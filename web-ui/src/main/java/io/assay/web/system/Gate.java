package io.assay.web.system;

import io.assay.web.access.Access;
import io.assay.web.access.Machine;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Holds each request against its rule; a request without a rule does not pass. */
@Component
final class Gate implements AuthorizationManager<RequestAuthorizationContext> {
  private final Access access;
  private final Environment environment;

  Gate(Access access, Environment environment) {
    this.access = access;
    this.environment = environment;
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext context) {
    for (AccessRule rule : AccessRules.ALL) {
      Optional<Map<String, String>> variables = rule.match(context.getRequest());
      if (variables.isPresent()) {
        return decide(rule.need(), context.getRequest(), variables.get(), authentication);
      }
    }
    return Passage.NOTHING_THERE;
  }

  private Passage decide(
      Need need,
      HttpServletRequest request,
      Map<String, String> variables,
      Supplier<? extends @Nullable Authentication> authentication) {
    return switch (need) {
      case Need.Nothing ignored -> Passage.FREE;
      case Need.ManagementPort ignored ->
          isForManagement(request.getLocalPort()) ? Passage.FREE : Passage.NOTHING_THERE;
      case Need.Account ignored ->
          person(authentication)
              .map(person -> access.holds(person) ? Passage.FREE : Passage.SESSION_OVER)
              .orElse(Passage.NOTHING_THERE);
      case Need.Known ignored ->
          machine(authentication)
              .map(machine -> Passage.FREE)
              .or(
                  () ->
                      person(authentication)
                          .map(
                              person -> access.holds(person) ? Passage.FREE : Passage.SESSION_OVER))
              .orElse(Passage.NOTHING_THERE);
      case Need.Membership membership ->
          person(authentication)
              .map(person -> asMember(person, project(variables), membership.atLeast()))
              .orElse(Passage.NOTHING_THERE);
      case Need.RoleOrScope either ->
          machine(authentication)
              .map(machine -> asMachine(machine, project(variables), either))
              .or(
                  () ->
                      person(authentication)
                          .map(person -> asMember(person, project(variables), either.atLeast())))
              .orElse(Passage.NOTHING_THERE);
    };
  }

  /** As it was opened, which a proxy before it cannot pretend. */
  private boolean isForManagement(int port) {
    String own = Integer.toString(port);
    return own.equals(environment.getProperty("local.management.port"))
        && !own.equals(environment.getProperty("local.server.port"));
  }

  private static String project(Map<String, String> variables) {
    return variables.getOrDefault("project", "");
  }

  private static Passage asMachine(Machine machine, String project, Need.RoleOrScope either) {
    if (!machine.project().equals(project)) {
      return Passage.NOTHING_THERE;
    }
    return either.scopes().stream().anyMatch(machine.scopes()::contains)
        ? Passage.FREE
        : Passage.SCOPE_MISSING;
  }

  private Passage asMember(SignedIn person, String project, Role atLeast) {
    return access
        .role(person, project)
        .map(role -> role.covers(atLeast) ? Passage.FREE : Passage.ROLE_TOO_LOW)
        .orElseGet(() -> access.holds(person) ? Passage.NOTHING_THERE : Passage.SESSION_OVER);
  }

  private static Optional<SignedIn> person(
      Supplier<? extends @Nullable Authentication> authentication) {
    Authentication given = authentication.get();
    return given != null && given.getPrincipal() instanceof SignedIn person
        ? Optional.of(person)
        : Optional.empty();
  }

  private static Optional<Machine> machine(
      Supplier<? extends @Nullable Authentication> authentication) {
    Authentication given = authentication.get();
    return given != null && given.getPrincipal() instanceof Machine machine
        ? Optional.of(machine)
        : Optional.empty();
  }
}
