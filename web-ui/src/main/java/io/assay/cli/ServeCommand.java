package io.assay.cli;

import io.assay.web.access.FirstAdministrator.Login;
import io.assay.web.system.AssayWeb;
import io.assay.web.system.StartFailure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The web interface alone, until it is interrupted: database, broker and processors are others. */
@Command(
    name = "serve",
    description = {
      "Runs the web interface alone, beside a database, a broker and processors that run elsewhere"
          + " (docs/operations.md).",
      "Settings are --NAME=VALUE, or stand in the environment: --spring.datasource.url=… is"
          + " SPRING_DATASOURCE_URL. Ctrl-C ends it."
    })
final class ServeCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Unmatched List<String> settings = new ArrayList<>();

  @Override
  public ExitStatus call() throws InterruptedException {
    for (String setting : settings) {
      if (!setting.matches("--[A-Za-z][^=\\s]*=.*")) {
        throw new ParameterException(
            spec.commandLine(),
            "a setting is --NAME=VALUE, as --server.port=8090; got '%s'".formatted(setting));
      }
    }
    AssayWeb.Running web = start();
    Runtime.getRuntime().addShutdownHook(new Thread(web::close, "assay-serve-close"));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Assay listens on port %d.%n", web.port());
    web.firstLogin().ifPresent(login -> greet(login, out));
    out.flush();
    new CountDownLatch(1).await();
    return ExitStatus.WELL;
  }

  private AssayWeb.Running start() {
    try {
      return AssayWeb.start(
          Map.of(),
          Stream.concat(StartFailure.QUIET.stream(), settings.stream()).toArray(String[]::new));
    } catch (RuntimeException failure) {
      throw CommandFailure.couldNotRun(
          "the web interface did not start: " + StartFailure.text(failure), failure);
    }
  }

  private static void greet(Login login, PrintWriter out) {
    out.printf(
        "Log in as %s with the password %s (it is shown this once; another:"
            + " ./assay account new-password).%n",
        login.name(), login.password());
  }
}
