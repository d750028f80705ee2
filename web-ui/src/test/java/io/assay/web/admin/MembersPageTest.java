package io.assay.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MembersPageTest {
  private static final String PAGE = "/p/default/members";
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
  void newMemberGetsAPasswordOnceAndTheRoleAtOnce() {
    String password = add("ann");
    assertThat(administrator.get(PAGE).body()).doesNotContain(password);
    var ann = here.anonymous();
    ann.login("ann", password);
    assertThat(ann.get("/p/default").statusCode()).isEqualTo(200);
    assertThat(ann.get(PAGE).statusCode()).isEqualTo(403);

    administrator.post(PAGE + "/ann/role", Map.of("role", "ADMINISTRATOR"));
    assertThat(ann.get(PAGE).statusCode()).isEqualTo(200);
    administrator.post(PAGE + "/ann/remove", Map.of());
    assertThat(ann.get("/p/default").statusCode()).isEqualTo(404);
    assertThat(administrator.get(PAGE).body())
        .contains("the-administrator", "role changed", "viewer to administrator", "removed");
  }

  @Test
  void programsOfAdministratorsTakeMembersInAndLetThemGo() {
    String api = "/api/v1/projects/default/members";
    var made = administrator.send("POST", api, "{\"name\":\"Cleo\",\"role\":\"viewer\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode cleo = JsonMapper.shared().readTree(made.body());
    assertThat(cleo.path("name").asString()).isEqualTo("cleo");
    var entered = here.anonymous();
    entered.login("cleo", cleo.path("password").asString());
    assertThat(entered.get("/p/default").statusCode()).isEqualTo(200);
    assertThat(entered.get(api, "application/json").statusCode()).isEqualTo(403);

    assertThat(administrator.send("POST", api, "{\"name\":\"cleo\",\"role\":\"viewer\"}").body())
        .contains("'cleo' is a member already");
    assertThat(administrator.send("POST", api, "{\"name\":\"!\",\"role\":\"viewer\"}").body())
        .contains("1 to 63 small letters", "got '!'");
    assertThat(administrator.send("POST", api, "{\"name\":\"dan\",\"role\":\"king\"}").body())
        .contains("viewer, reviewer, author, administrator, got 'king'");
    assertThat(administrator.send("PUT", api + "/cleo/role", "{\"role\":\"author\"}").body())
        .isEqualTo("{\"name\":\"cleo\",\"role\":\"author\"}");
    var renewed = administrator.send("POST", api + "/cleo/password", "");
    assertThat(renewed.statusCode()).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(renewed.body()).path("password").asString())
        .isNotBlank()
        .isNotEqualTo(cleo.path("password").asString());

    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode part =
          JsonMapper.shared()
              .readTree(
                  administrator.get(api + "?limit=1&after=" + after, "application/json").body());
      assertThat(part.path("items")).hasSize(1);
      names.add(part.path("items").path(0).path("name").asString());
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(names).isSorted().doesNotHaveDuplicates().contains("cleo", "the-administrator");

    assertThat(administrator.send("DELETE", api + "/cleo", "").statusCode()).isEqualTo(204);
    assertThat(administrator.send("DELETE", api + "/cleo", "").statusCode()).isEqualTo(404);
    assertThat(administrator.get(PAGE).body())
        .contains("role changed", "viewer to author", "removed", "cleo");
  }

  @Test
  void manyLabelsDoNotHideWhoCameAndWent() throws SQLException {
    add("bea");
    try (var connection = here.web().database().connect();
        var many =
            connection.prepareStatement(
                "insert into audit (project, at, actor, action, subject, detail) select 'default',"
                    + " now(), 'rita', 'label.given', 'item-' || n, '' from generate_series(1, 60)"
                    + " n")) {
      many.executeUpdate();
    }
    assertThat(administrator.get(PAGE).body()).contains("account created").doesNotContain("item-");
    assertThat(administrator.get(PAGE + "?labels=true").body())
        .contains("item-60")
        .doesNotContain("account created");
  }

  @Test
  void newPasswordEndsTheSessionsOfTheOld() {
    String password = add("bob");
    var bob = here.anonymous();
    bob.login("bob", password);
    assertThat(bob.get("/p/default").statusCode()).isEqualTo(200);
    administrator.post(PAGE + "/bob/password", Map.of());
    var ended = bob.get("/p/default");
    assertThat(ended.headers().firstValue("Location").orElse("")).endsWith("/login?ended");
    String fresh = secret();
    assertThat(fresh).isNotEqualTo(password);
    bob.login("bob", fresh);
    assertThat(bob.get("/p/default").statusCode()).isEqualTo(200);
  }

  @Test
  void administratorOfOneProjectDoesNotResetThePasswordOfAnothersMember() {
    here.add(Installation.OTHER_PROJECT, "carol", Role.VIEWER);
    administrator.post(PAGE, Map.of("name", "carol", "role", "VIEWER"));
    administrator.get(PAGE);
    administrator.post(PAGE + "/carol/password", Map.of());
    assertThat(administrator.get(PAGE).body())
        .contains("member of a project that you do not administer")
        .doesNotContain("class=\"secret\"");
  }

  @Test
  void unusableNamesAreExplained() {
    administrator.post(PAGE, Map.of("name", "<script>", "role", "VIEWER"));
    assertThat(administrator.get(PAGE).body()).contains("A name needs 1 to 63");
  }

  private static String add(String name) {
    administrator.post(PAGE, Map.of("name", name, "role", "VIEWER"));
    return secret();
  }

  private static String secret() {
    var matcher = SECRET.matcher(administrator.get(PAGE).body());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
