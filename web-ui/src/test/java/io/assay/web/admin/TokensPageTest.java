package io.assay.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import io.assay.web.system.ProgramClient;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokensPageTest {
  private static final String PAGE = "/p/default/tokens";
  private static final String API = "/api/v1/projects/default/tokens";
  private static final Pattern SECRET = Pattern.compile("class=\"secret\">([^<]+)<");

  private static Installation here;
  private static BrowsingClient administrator;

  @BeforeAll
  static void login() {
    here = Installation.shared();
    administrator = here.member(Role.ADMINISTRATOR);
    administrator.get(PAGE);
  }

  @Test
  void aTokenIsShownOnceUsedAndRevoked() {
    administrator.post(
        PAGE,
        Map.of("name", "camera box", "scopes", "READ", "streams", "camera lidar", "days", "30"));
    String shown = administrator.get(PAGE).body();
    var secret = SECRET.matcher(shown);
    assertThat(secret.find()).isTrue();
    assertThat(shown).contains("camera box", "camera, lidar", "by the-administrator");
    assertThat(administrator.get(PAGE).body()).doesNotContain(secret.group(1));

    var program = new ProgramClient(here.web().address(), secret.group(1));
    assertThat(program.get("/api/v1/projects/default/overview").statusCode()).isEqualTo(200);
    String id = secret.group(1).substring(6, 16);
    administrator.post(PAGE + "/" + id + "/revoke", Map.of());
    assertThat(program.get("/api/v1/projects/default/overview").statusCode()).isEqualTo(401);
    assertThat(administrator.get("/p/default/members").body())
        .contains("token made", "token revoked", "assay_" + id + "_");
  }

  @Test
  void whatStandsInTheWayIsSaid() {
    administrator.post(PAGE, Map.of("name", "x"));
    assertThat(administrator.get(PAGE).body()).contains("one scope at least");
    administrator.post(PAGE + "/nothing/revoke", Map.of());
    assertThat(administrator.get(PAGE).body()).contains("there is no token");
  }

  @Test
  void programsOfAdministratorsMakeListAndRevokeThem() {
    var made =
        administrator.send(
            "POST", API, "{\"name\":\"by api\",\"scopes\":[\"ingest\"],\"streams\":[\"camera\"]}");
    assertThat(made.statusCode()).isEqualTo(201);
    var id = Pattern.compile("assay_([a-z2-7]{10})_[0-9a-f]{64}").matcher(made.body());
    assertThat(id.find()).isTrue();
    assertThat(administrator.get(API, "application/json").body())
        .contains("\"id\":\"" + id.group(1) + "\"")
        .doesNotContain(id.group());
    assertThat(administrator.send("DELETE", API + "/" + id.group(1), "").statusCode())
        .isEqualTo(204);
    assertThat(administrator.get(API, "application/json").body()).contains("\"state\":\"revoked\"");
    assertThat(administrator.send("DELETE", API + "/nothing", "").statusCode()).isEqualTo(404);
    administrator.send("POST", API, "{\"name\":\"later\",\"scopes\":[\"read\"]}");
    String newest = administrator.get(API + "?limit=1", "application/json").body();
    assertThat(newest).startsWith("{\"items\":[{").contains("\"name\":\"later\"");
    var next = Pattern.compile("\"next\":\"([0-9T:.Z-]+~[a-z2-7]{10})\"").matcher(newest);
    assertThat(next.find()).isTrue();
    assertThat(
            administrator.get(API + "?limit=1&after=" + next.group(1), "application/json").body())
        .contains("\"name\":\"by api\"");
    var refused = administrator.send("POST", API, "{\"name\":\"x\",\"scopes\":[\"all\"]}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("a scope is ingest, labels, read, repair, impute or metrics, got ");
  }
}
