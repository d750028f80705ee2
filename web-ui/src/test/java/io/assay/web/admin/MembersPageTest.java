package io.assay.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
