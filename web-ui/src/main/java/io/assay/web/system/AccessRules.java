package io.assay.web.system;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * Every endpoint and what it needs. What is not listed is denied, and a test that walks the running
 * application's endpoints fails until it is.
 */
final class AccessRules {
  static final List<AccessRule> ALL =
      List.of(
          anyone(GET, "/login"),
          anyone(POST, "/login"),
          anyone(POST, "/logout"),
          anyone(GET, "/error"),
          anyone(GET, "/assets/**"),
          anyone(GET, "/webjars/**"),
          anyone(GET, "/favicon.ico"),
          anyone(POST, "/theme"),
          anyone(POST, "/zone"),
          anyone(GET, "/actuator/health"),
          anyone(GET, "/actuator/health/**"),
          AccessRule.of(GET, "/actuator/prometheus", new Need.ManagementPort()),
          AccessRule.of(GET, "/", new Need.Account()),
          member(Role.VIEWER, GET, "/p/{project}"),
          member(Role.VIEWER, GET, "/p/{project}/live"),
          member(Role.VIEWER, GET, "/p/{project}/assertions"),
          member(Role.VIEWER, GET, "/p/{project}/assertions.csv"),
          member(Role.VIEWER, GET, "/p/{project}/assertions/{name}"),
          member(Role.VIEWER, GET, "/p/{project}/violations"),
          member(Role.VIEWER, GET, "/p/{project}/violations/{day}/{id}"),
          member(Role.REVIEWER, POST, "/p/{project}/violations/{day}/{id}/verdict"),
          member(Role.VIEWER, GET, "/p/{project}/dead-letters"),
          member(Role.AUTHOR, GET, "/p/{project}/dead-letters/replay"),
          member(Role.AUTHOR, POST, "/p/{project}/dead-letters/replay"),
          member(Role.VIEWER, GET, "/p/{project}/dead-letters/{position}"),
          member(Role.AUTHOR, POST, "/p/{project}/dead-letters/{position}/replay"),
          member(Role.VIEWER, GET, "/p/{project}/review"),
          member(Role.VIEWER, GET, "/p/{project}/review/rounds"),
          member(Role.AUTHOR, POST, "/p/{project}/review/rounds"),
          member(Role.AUTHOR, POST, "/p/{project}/review/rounds/{number}/close"),
          member(Role.AUTHOR, POST, "/p/{project}/review/rounds/{number}/trained"),
          member(Role.VIEWER, GET, "/p/{project}/review/rules"),
          member(Role.REVIEWER, POST, "/p/{project}/review/next"),
          member(Role.REVIEWER, GET, "/p/{project}/review/items/{id}"),
          member(Role.REVIEWER, POST, "/p/{project}/review/items/{id}"),
          member(Role.REVIEWER, POST, "/p/{project}/review/items/{id}/skip"),
          member(Role.REVIEWER, POST, "/p/{project}/review/items/{id}/undo"),
          member(Role.VIEWER, GET, "/p/{project}/rules"),
          member(Role.VIEWER, GET, "/p/{project}/rules/diff"),
          member(Role.VIEWER, GET, "/p/{project}/rules/file"),
          member(Role.AUTHOR, GET, "/p/{project}/rules/edit"),
          member(Role.AUTHOR, GET, "/p/{project}/rules/edit/test"),
          member(Role.AUTHOR, POST, "/p/{project}/rules/edit"),
          member(Role.AUTHOR, POST, "/p/{project}/rules/{generation}/restore"),
          member(Role.VIEWER, GET, "/p/{project}/stability"),
          member(Role.VIEWER, GET, "/p/{project}/stability/{name}/{release}"),
          member(Role.AUTHOR, POST, "/p/{project}/stability/{name}/{release}/accept"),
          member(Role.VIEWER, GET, "/p/{project}/imputation"),
          member(Role.VIEWER, GET, "/p/{project}/imputation/{stream}"),
          member(Role.AUTHOR, POST, "/p/{project}/imputation/{stream}/try"),
          member(Role.AUTHOR, POST, "/p/{project}/imputation/{stream}/versions/{version}/promote"),
          member(Role.AUTHOR, POST, "/p/{project}/imputation/{stream}/release"),
          member(Role.VIEWER, GET, "/p/{project}/media/{*reference}"),
          member(Role.VIEWER, GET, "/p/{project}/thumbnail"),
          // The link's signature is the right.
          anyone(GET, "/media/{project}"),
          anyone(GET, "/pictures/{project}"),
          member(Role.VIEWER, GET, "/p/{project}/alerts"),
          member(Role.VIEWER, GET, "/p/{project}/alerts/{fingerprint}"),
          member(Role.REVIEWER, POST, "/p/{project}/alerts/{fingerprint}/acknowledge"),
          member(Role.AUTHOR, POST, "/p/{project}/alerts/silences"),
          member(Role.AUTHOR, POST, "/p/{project}/alerts/silences/{silence}/end"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/alerts"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/alerts/history"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/alerts/silences"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/alerts/silences"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/alerts/silences/{silence}/end"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/alerts/{fingerprint}"),
          member(
              Role.REVIEWER, POST, "/api/v1/projects/{project}/alerts/{fingerprint}/acknowledge"),
          member(Role.VIEWER, GET, "/p/{project}/alerts/deliveries"),
          member(Role.AUTHOR, POST, "/p/{project}/alerts/deliveries/test"),
          member(Role.AUTHOR, POST, "/p/{project}/alerts/deliveries/{notice}/{target}/retry"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/alerts/deliveries"),
          member(
              Role.AUTHOR,
              POST,
              "/api/v1/projects/{project}/alerts/deliveries/{notice}/{target}/retry"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/alerts/test"),
          member(Role.ADMINISTRATOR, GET, "/p/{project}/members"),
          member(Role.ADMINISTRATOR, POST, "/p/{project}/members"),
          member(Role.ADMINISTRATOR, POST, "/p/{project}/members/{name}/role"),
          member(Role.ADMINISTRATOR, POST, "/p/{project}/members/{name}/password"),
          member(Role.ADMINISTRATOR, POST, "/p/{project}/members/{name}/remove"),
          member(Role.ADMINISTRATOR, GET, "/p/{project}/tokens"),
          member(Role.ADMINISTRATOR, POST, "/p/{project}/tokens"),
          member(Role.ADMINISTRATOR, POST, "/p/{project}/tokens/{token}/revoke"),
          member(Role.ADMINISTRATOR, GET, "/api/v1/projects/{project}/tokens"),
          member(Role.ADMINISTRATOR, POST, "/api/v1/projects/{project}/tokens"),
          member(Role.ADMINISTRATOR, DELETE, "/api/v1/projects/{project}/tokens/{token}"),
          program(Role.AUTHOR, Scope.INGEST, POST, "/api/v1/projects/{project}/events/{stream}"),
          program(Role.REVIEWER, Scope.LABELS, POST, "/api/v1/projects/{project}/labels"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/labels"),
          program(
              Role.REVIEWER, Scope.LABELS, POST, "/api/v1/projects/{project}/labels/label-studio"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/samples"),
          member(Role.VIEWER, GET, "/api/v1/projects/{project}/label-studio"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/label-studio"),
          program(Role.AUTHOR, Scope.READ, GET, "/api/v1/projects/{project}/deliveries"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/deliveries/{delivery}/retry"),
          repairable(GET, "/api/v1/projects/{project}/dead-letters"),
          repairable(GET, "/api/v1/projects/{project}/dead-letters/{position}"),
          program(
              Role.AUTHOR, Scope.REPAIR, POST, "/api/v1/projects/{project}/dead-letters/replay"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/embeddings"),
          program(
              Role.VIEWER,
              Scope.READ,
              GET,
              "/api/v1/projects/{project}/embeddings/{name}/releases/{release}"),
          program(
              Role.VIEWER,
              Scope.READ,
              GET,
              "/api/v1/projects/{project}/embeddings/{name}/releases/{release}/gate"),
          member(
              Role.AUTHOR,
              POST,
              "/api/v1/projects/{project}/embeddings/{name}/releases/{release}/accept"),
          program(Role.AUTHOR, Scope.IMPUTE, POST, "/api/v1/projects/{project}/impute"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/imputers"),
          program(
              Role.VIEWER,
              Scope.READ,
              GET,
              "/api/v1/projects/{project}/imputers/{stream}/versions/{version}"),
          program(
              Role.AUTHOR,
              Scope.IMPUTE,
              GET,
              "/api/v1/projects/{project}/imputers/{stream}/versions/{version}/model"),
          member(
              Role.AUTHOR,
              POST,
              "/api/v1/projects/{project}/imputers/{stream}/versions/{version}/promote"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/imputers/{stream}/release"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/assertions"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/assertions/{name}"),
          program(
              Role.VIEWER,
              Scope.READ,
              GET,
              "/api/v1/projects/{project}/assertions/{name}/episodes"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/ingest"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/overview"),
          program(Role.REVIEWER, Scope.LABELS, GET, "/api/v1/projects/{project}/review/items"),
          program(Role.REVIEWER, Scope.LABELS, GET, "/api/v1/projects/{project}/review/items/{id}"),
          member(Role.REVIEWER, POST, "/api/v1/projects/{project}/review/next"),
          member(Role.REVIEWER, POST, "/api/v1/projects/{project}/review/items/{id}/verdict"),
          member(Role.REVIEWER, POST, "/api/v1/projects/{project}/review/items/{id}/undo"),
          member(Role.REVIEWER, POST, "/api/v1/projects/{project}/review/items/{id}/skip"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/review/items/{id}/settle"),
          member(Role.AUTHOR, PUT, "/api/v1/projects/{project}/review/items/{id}/gold"),
          member(Role.AUTHOR, PUT, "/api/v1/projects/{project}/review/items/{id}/needed"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/review/figures"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/review/health"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/review/guidelines"),
          member(Role.AUTHOR, PUT, "/api/v1/projects/{project}/review/guidelines/{assertion}"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/rounds"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/rounds"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/rounds/{number}"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/rounds/{number}/close"),
          program(
              Role.AUTHOR,
              Scope.LABELS,
              POST,
              "/api/v1/projects/{project}/rounds/{number}/trained"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/rounds/{number}/proof"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/rules"),
          member(Role.AUTHOR, PUT, "/api/v1/projects/{project}/rules"),
          member(Role.AUTHOR, POST, "/api/v1/projects/{project}/rules/{generation}/restore"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/violations"),
          program(Role.VIEWER, Scope.READ, GET, "/api/v1/projects/{project}/violations/{day}/{id}"),
          program(
              Role.VIEWER,
              Scope.READ,
              GET,
              "/api/v1/projects/{project}/violations/{day}/{id}/clip"));

  private AccessRules() {}

  private static AccessRule anyone(HttpMethod method, String pattern) {
    return AccessRule.of(method, pattern, new Need.Nothing());
  }

  private static AccessRule member(Role role, HttpMethod method, String pattern) {
    return AccessRule.of(method, pattern, new Need.Membership(role));
  }

  /** For members, and for programs whose token has the scope. */
  private static AccessRule program(Role role, Scope scope, HttpMethod method, String pattern) {
    return AccessRule.of(method, pattern, new Need.RoleOrScope(role, Set.of(scope)));
  }

  /** For viewers, and for programs that read, or that repair what they see here. */
  private static AccessRule repairable(HttpMethod method, String pattern) {
    return AccessRule.of(
        method, pattern, new Need.RoleOrScope(Role.VIEWER, Set.of(Scope.READ, Scope.REPAIR)));
  }
}
