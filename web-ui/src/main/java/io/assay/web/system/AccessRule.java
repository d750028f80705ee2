package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What one endpoint needs.
 *
 * @param method GET answers HEAD too
 * @param pattern as the endpoint's mapping has it
 */
record AccessRule(HttpMethod method, String pattern, Need need, PathPatternRequestMatcher matcher) {
  AccessRule {
    boolean ofProject = need instanceof Need.Membership || need instanceof Need.RoleOrScope;
    if (ofProject && !pattern.contains("{project}")) {
      throw new IllegalArgumentException(
          "a rule about a role needs {project} in its path, got " + pattern);
    }
  }

  static AccessRule of(HttpMethod method, String pattern, Need need) {
    return new AccessRule(method, pattern, need, PathPatternRequestMatcher.pathPattern(pattern));
  }

  /** The variables of the path, if the rule is about this request. */
  Optional<Map<String, String>> match(HttpServletRequest request) {
    String asked = request.getMethod();
    boolean methodMatches =
        asked.equals(method.name()) || (asked.equals("HEAD") && method.equals(HttpMethod.GET));
    if (!methodMatches) {
      return Optional.empty();
    }
    var result = matcher.matcher(request);
    return result.isMatch() ? Optional.of(result.getVariables()) : Optional.empty();
  }
}
