package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The web interface in a process of its own, as it runs outside the demo. */
class ServeCommandTest {
  @Test
  void servesWithNothingButADatabase() throws Exception {
    var database = TestPostgres.shared().fresh();
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.assay.cli.Assay",
            "serve",
            "--server.port=0");
    command.environment().put("SPRING_DATASOURCE_URL", database.jdbcUrl());
    command.environment().put("SPRING_DATASOURCE_USERNAME", database.user());
    command.environment().put("SPRING_DATASOURCE_PASSWORD", database.password());
    Process serving =
        command
            .redirectError(ProcessBuilder.Redirect.to(Path.of("target", "serve.log").toFile()))
            .start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(serving.getInputStream(), StandardCharsets.UTF_8))) {
      Matcher port = await(output, Pattern.compile("Assay listens on port (\\d+)[.]"));
      await(output, Pattern.compile("Log in as admin with the password \\S{20} .*"));
      URI login = URI.create("http://127.0.0.1:%s/login".formatted(port.group(1)));
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> page =
            client.send(
                HttpRequest.newBuilder(login).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
      }
    } finally {
      serving.destroy();
      if (!serving.waitFor(20, TimeUnit.SECONDS)) {
        serving.destroyForcibly();
      }
    }
  }

  private static Matcher await(BufferedReader output, Pattern wanted) throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.matches()) {
        return matcher;
      }
    }
    throw new IllegalStateException("it ended without saying " + wanted + "; see target/serve.log");
  }

  @Test
  void whatIsNoSettingIsTold() {
    CommandLineRun run = CommandLineRun.of("serve", "--port");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("a setting is --NAME=VALUE, as --server.port=8090; got '--port'");
  }

  @Test
  void aDatabaseThatIsAwayIsTold() {
    CommandLineRun run =
        CommandLineRun.of("serve", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/a");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "the web interface did not start: the database does not answer: ",
            "refused",
            "spring.datasource.url")
        .doesNotContain("internal error");
  }

  @Test
  void whoseDatabaseItIsNotIsTold() {
    var database = TestPostgres.shared().fresh();
    CommandLineRun run =
        CommandLineRun.of(
            "serve",
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=nobody",
            "--spring.datasource.password=wrong");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("spring.datasource.username and .password say who it is");
  }

  @Test
  void aDatabaseThatIsNotThereIsTold() {
    var database = TestPostgres.shared().fresh();
    CommandLineRun run =
        CommandLineRun.of(
            "serve",
            "--spring.datasource.url=" + database.jdbcUrl() + "_not",
            "--spring.datasource.username=" + database.user(),
            "--spring.datasource.password=" + database.password());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("create it, empty, or name another in spring.datasource.url");
  }

  @Test
  void thatNoDatabaseIsSetIsTold() {
    CommandLineRun run = CommandLineRun.of("serve");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no database is set; --spring.datasource.url=jdbc:postgresql:");
  }
}
