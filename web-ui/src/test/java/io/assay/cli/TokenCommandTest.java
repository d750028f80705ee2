package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.system.Installation;
import io.assay.web.system.ProgramClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private final Installation here = Installation.shared();

  private CommandLineRun token(String... args) {
    var all = new ArrayList<>(List.of("token"));
    all.addAll(List.of(args));
    var database = here.web().database();
    all.add("--database");
    all.add(
        "%s?user=%s&password=%s"
            .formatted(
                database.jdbcUrl(),
                database.user(),
                URLEncoder.encode(database.password(), StandardCharsets.UTF_8)));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @Test
  void aTokenIsMadeUsedListedAndRevoked() throws InterruptedException {
    var made = token("create", "night job", "--scope", "read,ingest", "--stream", "camera");
    assertThat(made.status()).as(made.err()).isZero();
    String secret = made.out().strip();
    var program = new ProgramClient(here.web().address(), secret);
    assertThat(admitted(program)).isEqualTo(200);
    String id = secret.substring(6, 16);
    assertThat(token("list").out())
        .contains(
            id + "  live     night job  ingest, read  streams camera, expires never, last used 20")
        .contains("made by command line")
        .doesNotContain(secret);
    assertThat(token("revoke", id).status()).isZero();
    assertThat(program.get("/api/v1/projects/default/overview").statusCode()).isEqualTo(401);
    assertThat(token("list").out()).contains(id + "  revoked");
  }

  /** Others of this site may have shown many bad tokens from this address, a minute ago at most. */
  private static int admitted(ProgramClient program) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(70).toNanos();
    while (true) {
      int status = program.get("/api/v1/projects/default/overview").statusCode();
      if (status != 429 || System.nanoTime() > end) {
        return status;
      }
      Thread.sleep(500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "create x", "revoke k3f9x2m7qd"})
  void aDatabaseThatIsAwayIsSaid(String command) {
    var args = new ArrayList<>(List.of("token"));
    args.addAll(List.of(command.split(" ")));
    args.addAll(List.of("--database", "jdbc:postgresql://127.0.0.1:1/a"));
    var away = CommandLineRun.of(args.toArray(String[]::new));
    assertThat(away.status()).isEqualTo(3);
    assertThat(away.err())
        .contains("needed the database of the web interface, which does not answer", "127.0.0.1:1")
        .doesNotContain("internal error", "Exception");
  }

  @Test
  void whatCannotBeIsSaid() {
    var nowhere = token("create", "x", "--project", "nowhere");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("there is no project 'nowhere'");
    assertThat(token("create", "x", "--scope", "write").err()).contains("write");
    assertThat(token("create", "x", "--days", "-1").err()).contains("ten years or never");
    var unknown = token("revoke", "nothing");
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.err()).contains("project default has no token 'nothing'");
    assertThat(token("list", "--project", "nowhere").err()).contains("has no tokens");
    var none = CommandLineRun.of("token", "list", "--data", "target/no-such-folder");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("needs --database");
    assertThat(CommandLineRun.of("token", "list", "--database", "x").err())
        .contains("jdbc:postgresql://HOST:PORT/NAME");
  }
}
