package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of events to the topic that the rules name for a stream, or to any other. */
@Command(
    name = "produce",
    description = {
      "Sends JSON Lines to a stream's topic, each keyed by the stream's key field; or to a topic"
          + " that no rules name yet (--topic), keyed by --key.",
      "Lines that cannot be read are sent too, without a key: they become dead letters."
    })
final class ProduceCommand implements Callable<ExitStatus> {
  private static final String STANDARD_INPUT = "-";

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = STANDARD_INPUT,
      description = "Events, one JSON object a line; - for standard input (default).")
  String file = STANDARD_INPUT;

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "The stream, as the rules call it.")
  @Nullable String stream;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "A topic, in the place of a stream; no rules are needed.")
  @Nullable String topic;

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      description =
          "With --topic: the field whose value is the record's key, as vehicle or meta.device"
              + " (default: none).")
  @Nullable String key;

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
    Target target = target();
    BrokerAccess access = broker.access(spec.commandLine());
    var producer = new LineProducer(lines(), target, access, spec.commandLine().getErr());
    long sent = producer.send();
    spec.commandLine().getOut().printf("%d events sent to %s%n", sent, target.topic());
    return ExitStatus.WELL;
  }

  private LineProducer.Lines lines() {
    return file.equals(STANDARD_INPUT)
        ? new LineProducer.Lines("standard input", () -> System.in)
        : new LineProducer.Lines(file, () -> Files.newInputStream(Path.of(file)));
  }

  private Target target() {
    if (stream != null && topic == null) {
      if (key != null) {
        throw wrong("--key goes with --topic: a stream says itself what its key is");
      }
      return Target.stream(type(stream));
    }
    if (topic == null || stream != null) {
      throw wrong("needs either --stream, of --rules, or --topic");
    }
    return Target.plain(topic, key);
  }

  private StreamType type(String stream) {
    // Warnings about rules are for those who write rules; only errors stand in the way here.
    var issues = new StringWriter();
    Optional<CheckedRules> checked =
        RuleFiles.compile(ruleFiles(stream), Map.of(), new PrintWriter(issues));
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

  private List<Path> ruleFiles(String stream) {
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
