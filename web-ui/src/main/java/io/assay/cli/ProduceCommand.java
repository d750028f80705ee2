package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.EmbeddedRuntime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of events to the topic that the rules name for a stream. */
@Command(
    name = "produce",
    description = {
      "Sends JSON Lines to a stream's topic, each keyed by the stream's key field.",
      "Lines that cannot be read are sent too, without a key: they become dead letters."
    })
final class ProduceCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Events, one JSON object a line.")
  Path file;

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "NAME",
      description = "The stream, as the rules call it.")
  String stream;

  @Option(
      names = "--rules",
      arity = "1..*",
      paramLabel = "RULES",
      description =
          "Rule files or folders that declare the stream (default: the environment's ASSAY_RULES).")
  List<Path> rules = List.of();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "The broker (default: the environment's ASSAY_BOOTSTRAP_SERVERS, else the one with the data"
              + " in --data).")
  @Nullable String bootstrap;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".assay",
      description = "Data folder of a running demo (default: ${DEFAULT-VALUE}).")
  Path data;

  @Override
  public ExitStatus call() throws InterruptedException {
    StreamType type = type();
    String servers = servers();
    // The command says itself, once, that no broker answers.
    if (System.getProperty("assay.log.kafka") == null) {
      System.setProperty("assay.log.kafka", "OFF");
    }
    var lines = new LineProducer(file, type, servers, spec.commandLine().getErr());
    long sent = lines.send();
    spec.commandLine().getOut().printf("%d events sent to %s%n", sent, type.topic());
    return ExitStatus.WELL;
  }

  private StreamType type() {
    // Warnings about rules are for those who write rules; only errors stand in the way here.
    var issues = new StringWriter();
    Optional<CheckedRules> checked =
        RuleFiles.compile(ruleFiles(), Map.of(), new PrintWriter(issues));
    if (checked.isEmpty()) {
      spec.commandLine().getErr().print(issues);
      throw CommandFailure.checkFailed("the rules have errors, nothing was sent");
    }
    List<String> names = checked.get().streams().stream().map(StreamType::name).toList();
    return checked.get().stream(stream)
        .orElseThrow(
            () ->
                wrong(
                    "unknown stream '%s'; the rules declare %s"
                        .formatted(stream, names.isEmpty() ? "none" : String.join(", ", names))));
  }

  private List<Path> ruleFiles() {
    if (!rules.isEmpty()) {
      return rules;
    }
    String fromEnvironment = System.getenv("ASSAY_RULES");
    if (fromEnvironment == null || fromEnvironment.isBlank()) {
      throw wrong("needs --rules, a rule file that declares stream '" + stream + "'");
    }
    return List.of(Path.of(fromEnvironment));
  }

  private String servers() {
    if (bootstrap != null) {
      return bootstrap;
    }
    String fromEnvironment = System.getenv("ASSAY_BOOTSTRAP_SERVERS");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return fromEnvironment;
    }
    return EmbeddedRuntime.lastBootstrapServers(data)
        .orElseThrow(
            () ->
                wrong(
                    "needs --bootstrap HOST:PORT: no demo has left its broker's port in " + data));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
