package io.assay.web.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;

/** Walks every endpoint of the running application as everybody. */
class EndpointWalkTest {
  private static Installation here;
  private static final String FINGERPRINT = "0123456789abcdef";
  private static BrowsingClient anonymous;
  private static BrowsingClient stranger;
  private static String token;
  private static final Map<Role, BrowsingClient> MEMBERS = new EnumMap<>(Role.class);

  @BeforeAll
  static void everybodyComes() throws SQLException {
    here = Installation.shared();
    anonymous = here.anonymous();
    anonymous.get("/login");
    stranger = here.stranger();
    token = here.token(Set.of(Scope.READ)).token().id();
    for (Role role : Role.values()) {
      MEMBERS.put(role, here.member(role));
    }
    release();
    firedOnce();
    imputer();
  }

  private static void imputer() throws SQLException {
    byte[] bytes = {1, 2, 3};
    var card =
        new ImputerCard(
            Installation.PROJECT,
            "camera",
            1,
            0,
            1,
            "features",
            "",
            "plain",
            3,
            0,
            0,
            0,
            false,
            new ImputerCard.Measured(0, null, null, null, null, null, null),
            List.of(),
            List.of(),
            null,
            true,
            "",
            1,
            bytes.length,
            ImputerVersion.sha256(bytes));
    try (var connection = here.web().database().connect();
        var version =
            connection.prepareStatement("insert into imputer_version values (?, ?, 1, ?::jsonb)");
        var chunk =
            connection.prepareStatement("insert into imputer_chunk values (?, ?, 1, 0, ?)")) {
      version.setString(1, card.project());
      version.setString(2, card.stream());
      version.setString(3, new String(card.json(), UTF_8));
      version.executeUpdate();
      chunk.setString(1, card.project());
      chunk.setString(2, card.stream());
      chunk.setBytes(3, bytes);
      chunk.executeUpdate();
    }
  }

  private static void firedOnce() throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into violation_minute (project, assertion, stream, level, mode, minute,"
              + " violations, worst) values ('default', 'nobody', 'camera', 'INFO', 'SHADOW',"
              + " '2020-01-01T00:00:00Z', 1, 1)");
      statement.execute(
          "insert into alert (project, fingerprint, assertion, rule, labels, annotations, routes,"
              + " phase, fired_at, evaluated) values ('default', '"
              + FINGERPRINT
              + "', 'nobody', '', '{}', '{}', '{}', 'FIRING', now(), now())");
    }
  }

  /** Of what is not there programs are told so, which is not the answer that is looked for. */
  private static void release() throws SQLException {
    var record =
        new StabilityRecord(
            Installation.PROJECT,
            "nobody",
            "2026-07",
            "",
            1,
            1,
            ReleaseStatus.REJECTED,
            "",
            "",
            0,
            0,
            0,
            0,
            null,
            "",
            List.of(),
            0,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            "",
            List.of(),
            null,
            null);
    try (var connection = here.web().database().connect();
        var statement =
            connection.prepareStatement(
                "insert into release_comparison values (?, ?, ?, '', 1, 1, ?::jsonb)")) {
      statement.setString(1, record.project());
      statement.setString(2, record.embeddings());
      statement.setString(3, record.release());
      statement.setString(4, new String(record.json(), UTF_8));
      statement.executeUpdate();
    }
  }

  @Test
  void everyEndpointHasARuleOfItsOwn() {
    var without = new TreeSet<String>();
    for (Endpoint endpoint : endpoints()) {
      if (rules(endpoint).isEmpty()) {
        without.add(endpoint.toString());
      }
    }
    assertThat(endpoints()).hasSizeGreaterThan(15);
    assertThat(without).as("endpoints without a rule in AccessRules").isEmpty();
  }

  @Test
  void everyRuleHoldsForEverybody() {
    for (Endpoint endpoint : endpoints()) {
      for (AccessRule rule : rules(endpoint)) {
        walk(endpoint, rule.need());
      }
    }
  }

  @Test
  void whatNoRuleNamesIsThereForNobody() {
    for (String path :
        List.of(
            "/assay-web.properties",
            "/db/migration/V1__access.sql",
            "/templates/login.html",
            "/messages.properties",
            "/actuator",
            "/actuator/env",
            "/p/default/unheard-of",
            "/p/other",
            "/api/v1/projects/other/overview",
            "/p/",
            "/nothing")) {
      assertThat(refused(anonymous.request("GET", path))).as("anonymous GET " + path).isTrue();
      for (BrowsingClient member : MEMBERS.values()) {
        assertThat(member.request("GET", path).statusCode())
            .as("member GET " + path)
            .isEqualTo(404);
      }
    }
  }

  @Test
  void methodsWithoutARuleAreRefused() {
    BrowsingClient administrator = Objects.requireNonNull(MEMBERS.get(Role.ADMINISTRATOR));
    for (String method : List.of("PUT", "DELETE", "PATCH", "POST")) {
      assertThat(administrator.request(method, "/p/default/violations").statusCode())
          .as(method)
          .isEqualTo(404);
    }
  }

  private static void walk(Endpoint endpoint, Need need) {
    String path = endpoint.path();
    switch (need) {
      case Need.Nothing ignored ->
          assertThat(refused(anonymous.request(endpoint.method(), path)))
              .as("anonymous " + endpoint)
              .isFalse();
      // By this port nobody is let through; ObservedSiteTest comes by the other.
      case Need.ManagementPort ignored -> {
        assertThat(refused(anonymous.request(endpoint.method(), path)))
            .as("anonymous " + endpoint)
            .isTrue();
        MEMBERS.forEach(
            (role, client) ->
                assertThat(client.request(endpoint.method(), path).statusCode())
                    .as(role + " " + endpoint)
                    .isEqualTo(404));
      }
      // What tokens see is in OpenApiTest.
      case Need.Known ignored -> walk(endpoint, new Need.Account());
      case Need.Account ignored -> {
        assertThat(refused(anonymous.request(endpoint.method(), path)))
            .as("anonymous " + endpoint)
            .isTrue();
        assertThat(passed(stranger.request(endpoint.method(), path)))
            .as("any account " + endpoint)
            .isTrue();
      }
      case Need.Membership membership -> walkAsMembers(endpoint, membership.atLeast());
      // What tokens may do is in BearerTest.
      case Need.RoleOrScope either -> walkAsMembers(endpoint, either.atLeast());
    }
  }

  private static void walkAsMembers(Endpoint endpoint, Role atLeast) {
    String path = endpoint.path();
    assertThat(refused(anonymous.request(endpoint.method(), path)))
        .as("anonymous " + endpoint)
        .isTrue();
    assertThat(stranger.request(endpoint.method(), path).statusCode())
        .as("administrator of another project " + endpoint)
        .isEqualTo(404);
    MEMBERS.forEach(
        (role, client) -> {
          var answer = client.request(endpoint.method(), path);
          if (role.covers(atLeast)) {
            boolean told =
                (answer.statusCode() == 404 || answer.statusCode() == 409) && isOfRounds(endpoint);
            assertThat(passed(answer) || told).as(role + " " + endpoint + " " + answer).isTrue();
          } else {
            assertThat(answer.statusCode()).as(role + " " + endpoint).isEqualTo(403);
          }
        });
  }

  /** Sent to the login, or told to log in. */
  private static boolean refused(HttpResponse<InputStream> answer) {
    boolean toLogin =
        answer.statusCode() == 302
            && answer.headers().firstValue("Location").orElse("").contains("/login");
    return toLogin || answer.statusCode() == 401 || answer.statusCode() == 403;
  }

  /**
   * It reached the endpoint, which may still want parameters, a body, a broker, or what it follows.
   */
  private static boolean passed(HttpResponse<InputStream> answer) {
    int status = answer.statusCode();
    return !refused(answer)
        && (status < 400 || status == 400 || status == 415 || status == 428 || status == 503);
  }

  /** Of which there are none here: whoever may ask is told that. */
  private static boolean isOfRounds(Endpoint endpoint) {
    return endpoint.pattern().contains("/review/items/")
        || endpoint.pattern().contains("/rounds")
        || endpoint.pattern().contains("/proposals/")
        || endpoint.pattern().equals("/api/v1/projects/{project}/rules/canonical")
        || endpoint.pattern().startsWith("/api/v1/projects/{project}/members/")
        || endpoint.pattern().contains("/erasures/")
        || endpoint.pattern().equals("/api/v1/projects/{project}/assertions/{assertion}/past")
        || endpoint.pattern().contains("/backtests/")
        || endpoint.pattern().contains("/sweeps")
        || endpoint.pattern().endsWith("/limits")
        || endpoint.pattern().contains("/exports/");
  }

  private static List<AccessRule> rules(Endpoint endpoint) {
    return AccessRules.ALL.stream()
        .filter(
            rule ->
                rule.method().name().equals(endpoint.method())
                    && rule.pattern().equals(endpoint.pattern()))
        .toList();
  }

  private static List<Endpoint> endpoints() {
    var context = here.web().running().context();
    var found = new ArrayList<Endpoint>();
    MappedEndpoint.of(here).forEach(one -> found.add(new Endpoint(one.method(), one.pattern())));
    for (var mapping : context.getBeansOfType(AbstractUrlHandlerMapping.class).values()) {
      for (String pattern : mapping.getHandlerMap().keySet()) {
        // Files at other places than the listed ones: whatNoRuleNamesIsThereForNobody.
        if (!pattern.equals("/**")) {
          found.add(new Endpoint("GET", pattern));
        }
      }
    }
    return found;
  }

  /** A method and a pattern, with what fills the pattern. */
  private record Endpoint(String method, String pattern) {
    String path() {
      Violation violation = here.street().violations().getLast();
      LocalDate day =
          LocalDate.ofInstant(
              Instant.ofEpochSecond(violation.at() / 1_000_000_000), ZoneOffset.UTC);
      return pattern
          .replace("{project}", Installation.PROJECT)
          .replace("{day}", day.toString())
          .replace("{id}", violation.id())
          .replace("{name}", "nobody")
          .replace("{token}", token)
          .replace("{stream}", "camera")
          .replace("{release}", "2026-07")
          .replace("{version}", "1")
          .replace("{generation}", "1")
          .replace("{proposal}", "1")
          .replace("{erasure}", "1")
          .replace("{number}", "1")
          .replace("{kind}", "hours")
          .replace("{topic}", "none")
          .replace("{assertion}", "flicker")
          .replace("{delivery}", "none")
          .replace("{fingerprint}", FINGERPRINT)
          .replace("{silence}", "none")
          .replace("{export}", "none")
          .replace("{notice}", "none")
          .replace("{target}", "0")
          .replace("{position}", "0@0")
          .replace("{*reference}", "/" + image())
          .replace("/{*", "/")
          .replace("//", "/")
          .replace("/webjars/**", "/webjars/tabler__core/dist/css/tabler.min.css")
          .replace("/assets/**", "/assets/logo.svg");
    }

    private static String image() {
      String fields = here.street().violations().getLast().events().getFirst().fields();
      int start = fields.indexOf("frames/");
      return fields.substring(start, fields.indexOf('"', start));
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }
}
