package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whoever reaches the database lets others in again. */
class AccountCommandTest {
  private final Installation here = Installation.shared();

  private CommandLineRun renew(String name) {
    var database = here.web().database();
    return CommandLineRun.of(
        "account",
        "new-password",
        name,
        "--database",
        "%s?user=%s&password=%s"
            .formatted(
                database.jdbcUrl(),
                database.user(),
                URLEncoder.encode(database.password(), StandardCharsets.UTF_8)));
  }

  @Test
  void aNewPasswordEndsSessionsAndIsAmongTheChanges() {
    String old = here.add("default", "forgetful", Role.ADMINISTRATOR);
    BrowsingClient before = new BrowsingClient(here.web().address());
    before.login("forgetful", old);
    assertThat(before.get("/p/default").statusCode()).isEqualTo(200);

    CommandLineRun run = renew("forgetful");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    String password = run.out().strip();
    assertThat(password).hasSize(20).isNotEqualTo(old);
    assertThat(before.get("/p/default").statusCode()).isNotEqualTo(200);
    BrowsingClient again = new BrowsingClient(here.web().address());
    again.login("forgetful", password);
    assertThat(again.get("/p/default/audit?text=forgetful").body())
        .contains("command line", "new password", "forgetful");
  }

  @Test
  void whoIsNotThereIsTold() {
    CommandLineRun run = renew("nobody");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("there is no account 'nobody'");
  }
}
