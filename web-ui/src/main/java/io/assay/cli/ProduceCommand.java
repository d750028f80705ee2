package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin BrokerOptions broker = new BrokerOptions();

  @Override
  public ExitStatus call() throws InterruptedException {
    StreamType type = type();
    BrokerAccess access = broker.access(spec.commandLine());
    var lines = new LineProducer(file, type, access, spec.commandLine().getErr());
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

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
