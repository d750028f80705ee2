package io.assay.cli;

import io.assay.demo.Demo;
import io.assay.demo.DemoSettings;
import io.assay.embedded.EmbeddedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything in one process, until it is interrupted. */
@Command(
    name = "demo",
    description = {
      "Judges a simulated street and a simulated lender: database, broker, processors and web"
          + " interface in one process.",
      "Listens on 127.0.0.1 alone and keeps its data in one folder. Ctrl-C ends it."
    })
final class DemoCommand implements Callable<ExitStatus> {
  private static final long MEGABYTE = 1024 * 1024;

  @Spec CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".assay",
      description = "Where data is kept (default: ${DEFAULT-VALUE}).")
  Path folder;

  @Option(
      names = "--empty",
      description =
          "All services, and nothing set up: no rules, no street, no lender; to try your own"
              + " topics and rules.")
  boolean empty;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "Port of the web interface, 0 for any free one (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "3",
      description =
          "How many minutes have been driven already when it starts (default: ${DEFAULT-VALUE}).")
  double minutes;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "Rules, may be repeated (default: examples/street.assay and examples/scoring.assay).")
  List<Path> rules = List.of();

  @Option(
      names = "--take-rules-home",
      description =
          "Takes the rules of the file, where others have been published over HTTP meanwhile.")
  boolean takesRulesHome;

  @Option(
      names = "--frames-mb",
      paramLabel = "MB",
      defaultValue = "2048",
      description =
          "How much room pictures may take; the oldest are deleted (default: ${DEFAULT-VALUE}).")
  long framesMegabytes;

  @Option(
      names = "--new-password",
      description = "Gives the administrator a new password and prints it.")
  boolean newPassword;

  @Override
  public ExitStatus call() throws InterruptedException {
    Demo demo;
    try {
      demo = Demo.start(settings(), this::tell);
    } catch (EmbeddedException | Demo.PortTaken refused) {
      throw CommandFailure.couldNotRun(String.valueOf(refused.getMessage()), refused);
    }
    greet(demo);
    EmbeddedException failure = demo.awaitFailure();
    throw CommandFailure.couldNotRun(String.valueOf(failure.getMessage()), failure);
  }

  private DemoSettings settings() {
    if (!(minutes >= 0 && minutes <= 360)) {
      throw new ParameterException(spec.commandLine(), "--minutes needs 0 to 360, got " + minutes);
    }
    if (port < 0 || port > 65535) {
      throw new ParameterException(spec.commandLine(), "--port needs 0 to 65535, got " + port);
    }
    if (framesMegabytes < 0) {
      throw new ParameterException(
          spec.commandLine(), "--frames-mb needs 0 or more, got " + framesMegabytes);
    }
    if (empty && (!rules.isEmpty() || takesRulesHome)) {
      throw new ParameterException(
          spec.commandLine(),
          "--empty is without rules, got %s too"
              .formatted(rules.isEmpty() ? "--take-rules-home" : "--rules"));
    }
    if (empty && DemoSettings.isDriven(folder)) {
      throw new ParameterException(
          spec.commandLine(),
          "--empty needs a folder of its own, as --data .assay-empty: %s has the demo's rules and topics"
              .formatted(folder));
    }
    return new DemoSettings(
        folder,
        empty,
        port,
        rules.isEmpty() && !empty ? examples() : rules,
        takesRulesHome,
        Duration.ofMillis(Math.round(minutes * 60_000)),
        framesMegabytes * MEGABYTE,
        newPassword);
  }

  /** Beside the launcher, which says where that is. */
  private static List<Path> examples() {
    Path folder = Path.of(System.getProperty("assay.root", ".")).resolve("examples");
    return List.of(folder.resolve("street.assay"), folder.resolve("scoring.assay"));
  }

  private void tell(String progress) {
    spec.commandLine().getErr().println("assay: " + progress);
  }

  private void greet(Demo demo) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Assay is at http://127.0.0.1:%d/%n", demo.port());
    demo.login()
        .ifPresentOrElse(
            login ->
                out.printf(
                    "Log in as %s with the password %s (it is shown this once).%n",
                    login.name(), login.password()),
            () ->
                out.println(
                    "Log in as admin with the password of the first start; a new one: end the demo"
                        + " and start it with --new-password."));
    if (!demo.rulesProblem().isEmpty()) {
      out.printf("Rules: %s%n", demo.rulesProblem());
    }
    if (empty) {
      out.printf(
          "Nothing is set up: docs/first-run.md leads from here; its commands find this by --data"
              + " %s.%n",
          folder);
    }
    out.printf("Data: %s. Ctrl-C ends it.%n", demo.folder());
    out.flush();
  }
}
