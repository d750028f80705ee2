package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.embedded.TestPostgres;
import io.assay.web.access.FirstAdministrator;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static RunningWeb web;
  private static FirstAdministrator.Login first;

  @BeforeAll
  static void start() {
    web = RunningWeb.start(Map.of());
    first = web.running().firstLogin().orElseThrow();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @Test
  void firstAdministratorLogsInAndIsLedToTheProject() {
    var client = new BrowsingClient(web.address());
    var answer = client.login(first.name(), first.password());
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue(web.address() + "/");
    var start = client.get("/");
    assertThat(start.headers().firstValue("Location"))
        .hasValueSatisfying(place -> assertThat(place).endsWith("/p/default"));
  }

  @Test
  void passwordIsMadeOnceAndNeverAgain() {
    assertThat(first.password()).hasSize(20);
    assertThat(first.toString()).doesNotContain(first.password());
    try (RunningWeb again = RunningWeb.start(web.database(), Map.of())) {
      assertThat(again.running().firstLogin()).isEmpty();
      var client = new BrowsingClient(again.address());
      assertThat(client.login(first.name(), first.password()).statusCode()).isEqualTo(302);
    }
  }

  /** Nobody hears the password of a start that fails. */
  @Test
  void theFirstAdministratorIsMadeByTheFirstStartThatListens() {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    int taken = web.running().port();
    assertThatThrownBy(() -> RunningWeb.start(database, Map.of("server.port", taken)).close())
        .hasStackTraceContaining("" + taken);
    try (RunningWeb listening = RunningWeb.start(database, Map.of())) {
      FirstAdministrator.Login login = listening.running().firstLogin().orElseThrow();
      var client = new BrowsingClient(listening.address());
      assertThat(client.login(login.name(), login.password()).statusCode()).isEqualTo(302);
    }
  }

  @Test
  void wrongPasswordIsRefusedAndGuessingSlowedDown() {
    var client = new BrowsingClient(web.address());
    client.get("/login");
    for (int attempt = 0; attempt < LoginThrottle.PER_NAME; attempt++) {
      assertThat(client.post("/login", Map.of("name", "mallory", "password", "guess" + attempt)))
          .satisfies(a -> assertThat(location(a)).endsWith("/login?failed"));
    }
    assertThat(client.post("/login", Map.of("name", "mallory", "password", "guess")))
        .satisfies(a -> assertThat(location(a)).endsWith("/login?throttled"));
    assertThat(client.get("/login?throttled").body()).contains("Too many attempts");
  }

  @Test
  void whoeverMistypesThePasswordNeedNotTypeTheNameAgain() {
    var client = new BrowsingClient(web.address());
    client.get("/login");
    client.post("/login", Map.of("name", "Bea <b>", "password", "wrong"));
    assertThat(client.get("/login?failed").body()).contains("value=\"Bea &lt;b&gt;\"");
    assertThat(client.get("/login").body()).doesNotContain("Bea");
  }

  @Test
  void formWithoutTokenIsRefused() {
    var client = new BrowsingClient(web.address());
    client.get("/login");
    client.forgetToken();
    assertThat(client.post("/login", Map.of("name", first.name(), "password", first.password())))
        .satisfies(a -> assertThat(location(a)).endsWith("/login?outdated"));
    assertThat(location(client.get("/"))).endsWith("/login");
  }

  @Test
  void pagesCarryStrictHeaders() {
    var answer = new BrowsingClient(web.address()).get("/login");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValue(SecuritySetup.CONTENT_POLICY);
    assertThat(SecuritySetup.CONTENT_POLICY).doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    assertThat(answer.body()).doesNotContain("style=", "onclick=", "<script>", "<style");
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }
}
