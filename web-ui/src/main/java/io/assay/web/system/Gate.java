package io.assay.web.system;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Holds each request against its rule; a request without a rule does not pass. */
@Component
final class Gate implements AuthorizationManager<RequestAuthorizationContext> {
  private final Access access;

  Gate(Access access) {
    this.access = access;
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext context) {
    for (AccessRule rule : AccessRules.ALL) {
      Optional<Map<String, String>> variables = rule.match(context.getRequest());
      if (variables.isPresent()) {
        return decide(rule.need(), variables.get(), authentication);
      }
    }
    return Passage.NOTHING_THERE;
  }

  private Passage decide(
      Need need,
      Map<String, String> variables,
      Supplier<? extends @Nullable Authentication> authentication) {
    return switch (need) {
      case Need.Nothing ignored -> Passage.FREE;
      case Need.Account ignored ->
          person(authentication)
              .map(person -> access.holds(person) ? Passage.FREE : Passage.SESSION_OVER)
              .orElse(Passage.NOTHING_THERE);
      case Need.Membership membership ->
          person(authentication)
              .map(person -> asMember(person, variables.getOrDefault("project", ""), membership))
              .orElse(Passage.NOTHING_THERE);
    };
  }

  private Passage asMember(SignedIn person, String project, Need.Membership membership) {
    return access
        .role(person, project)
        .map(role -> role.covers(membership.atLeast()) ? Passage.FREE : Passage.ROLE_TOO_LOW)
        .orElseGet(() -> access.holds(person) ? Passage.NOTHING_THERE : Passage.SESSION_OVER);
  }

  private static Optional<SignedIn> person(
      Supplier<? extends @Nullable Authentication> authentication) {
    Authentication given = authentication.get();
    return given != null && given.getPrincipal() instanceof SignedIn person
        ? Optional.of(person)
        : Optional.empty();
  }
}
