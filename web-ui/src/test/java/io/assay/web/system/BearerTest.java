package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs with tokens, at the endpoints that are for both. */
class BearerTest {
  private static final String OVERVIEW = "/api/v1/projects/default/overview";
  private static final String VIOLATIONS = "/api/v1/projects/default/violations";

  private static Installation here;

  @BeforeAll
  static void start() {
    here = Installation.shared();
  }

  @Test
  void aTokenOpensWhatItsScopeSays() {
    ProgramClient reader = program(Set.of(Scope.READ));
    assertThat(reader.get(OVERVIEW).statusCode()).isEqualTo(200);
    assertThat(reader.get(VIOLATIONS).statusCode()).isEqualTo(200);
    var refused = program(Set.of(Scope.INGEST, Scope.LABELS)).get(OVERVIEW);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("lacks the scope");
  }

  @Test
  void aTokenIsOfOneProjectAndOfNoPageOrAdministration() {
    ProgramClient reader = program(Set.of(Scope.values()));
    for (String path :
        List.of("/api/v1/projects/other/overview", "/api/v1/projects/default/tokens")) {
      var nothing = reader.get(path);
      assertThat(nothing.statusCode()).isEqualTo(404);
      assertThat(nothing.body()).contains("there is nothing here for a token");
    }
    assertThat(reader.get("/p/default").statusCode()).isEqualTo(404);
    assertThat(reader.get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void programsAreToldWhatIsMissingOrWrong() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    assertThat(viewer.send("POST", "/api/v1/projects/default/review/next", Map.of(), "").body())
        .contains("this takes the role reviewer in the project");
    viewer.forgetToken();
    assertThat(viewer.send("POST", "/api/v1/projects/default/review/next", Map.of(), "").body())
        .contains("X-CSRF-TOKEN");
    assertThat(viewer.get(VIOLATIONS + "?limit=many", "application/json").body())
        .contains("limit needs a whole number, got 'many'");
    assertThat(
            viewer.get("/api/v1/projects/default/labels?unmatched=so", "application/json").body())
        .contains("unmatched needs true or false, got 'so'");
  }

  @Test
  void revokedExpiredAndUnknownTokensAreToldApart() throws SQLException {
    Tokens.Creation.Made made = here.token(Set.of(Scope.READ));
    ProgramClient program = new ProgramClient(here.web().address(), made.secret());
    assertThat(program.get(OVERVIEW).statusCode()).isEqualTo(200);
    Tokens tokens = here.web().running().context().getBean(Tokens.class);
    assertThat(tokens.revoke("other", "system", made.token().id())).isFalse();
    assertThat(program.get(OVERVIEW).statusCode()).isEqualTo(200);
    assertThat(tokens.revoke("default", "system", made.token().id())).isTrue();
    assertUnauthorized(program.get(OVERVIEW), "revoked");

    Tokens.Creation.Made old = here.token(Set.of(Scope.READ));
    try (var connection = here.web().database().connect();
        var change =
            connection.prepareStatement(
                "update token set expires = now() - interval '1 second' where id = ?")) {
      change.setString(1, old.token().id());
      assertThat(change.executeUpdate()).isEqualTo(1);
    }
    assertUnauthorized(
        new ProgramClient(here.web().address(), old.secret()).get(OVERVIEW), "expired");
    String last = old.secret().substring(old.secret().length() - 1);
    String other =
        old.secret().substring(0, old.secret().length() - 1) + (last.equals("0") ? "1" : "0");
    assertUnauthorized(new ProgramClient(here.web().address(), other).get(OVERVIEW), "not known");
    assertUnauthorized(new ProgramClient(here.web().address(), "x").get(OVERVIEW), "not known");
    assertUnauthorized(new ProgramClient(here.web().address(), "").get(OVERVIEW), "");
  }

  @Test
  void useIsNotedAndTheSecretIsNowhere() throws SQLException {
    Tokens.Creation.Made made = here.token(Set.of(Scope.READ));
    assertThat(made.token().lastUsed()).isNull();
    new ProgramClient(here.web().address(), made.secret()).get(OVERVIEW);
    Tokens tokens = here.web().running().context().getBean(Tokens.class);
    assertThat(tokens.of("default"))
        .filteredOn(row -> row.id().equals(made.token().id()))
        .singleElement()
        .satisfies(row -> assertThat(row.lastUsed()).isNotNull());
    String secret = made.secret().substring(made.token().prefix().length());
    assertThat(secret).hasSize(64);
    try (var connection = here.web().database().connect();
        var query = connection.createStatement();
        var rows = query.executeQuery("select row_to_json(token)::text from token")) {
      while (rows.next()) {
        assertThat(rows.getString(1)).doesNotContain(secret);
      }
    }
    assertThat(made.toString()).doesNotContain(secret);
  }

  @Test
  void aBadTokenIsNotMadeUpForByASession() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String cookie = here.member(Role.ADMINISTRATOR).cookie();
      var request =
          HttpRequest.newBuilder(URI.create(here.web().address() + OVERVIEW))
              .header("Cookie", cookie);
      var with = client.send(request.copy().build(), HttpResponse.BodyHandlers.ofString());
      assertThat(with.statusCode()).isEqualTo(200);
      var bad =
          client.send(
              request.copy().header("Authorization", "Bearer x").build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(bad.statusCode()).isEqualTo(401);
      assertThat(bad.headers().allValues("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void wishesThatCannotBeAreRefusedWithEveryReason() {
    Tokens tokens = here.web().running().context().getBean(Tokens.class);
    var wish = new TokenWish(" ", Set.of(), Set.of("not a stream"), Instant.EPOCH);
    assertThat(tokens.create("default", "system", wish))
        .isInstanceOfSatisfying(
            Tokens.Creation.Refused.class, refused -> assertThat(refused.problems()).hasSize(4));
    assertThat(
            tokens.create(
                "nowhere", "system", new TokenWish("a", Set.of(Scope.READ), Set.of(), null)))
        .isInstanceOf(Tokens.Creation.Refused.class);
  }

  private static ProgramClient program(Set<Scope> scopes) {
    return new ProgramClient(here.web().address(), here.token(scopes).secret());
  }

  private static void assertUnauthorized(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(reason);
  }
}
