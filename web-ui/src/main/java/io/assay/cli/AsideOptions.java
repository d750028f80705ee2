package io.assay.cli;

import io.assay.stream.contract.Topics;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whose records put aside are meant, and where they are. */
final class AsideOptions {
  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose they are (default: ${DEFAULT-VALUE}).")
  String project = "default";

  @Option(names = "--late", description = "Events that came too late or from the future instead.")
  boolean late;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Before the names of Assay's topics (default: ${DEFAULT-VALUE}).")
  String prefix = Topics.DEFAULT_PREFIX;

  @Mixin BrokerOptions broker = new BrokerOptions();

  Topics topics(CommandLine command) {
    try {
      return new Topics(prefix);
    } catch (IllegalArgumentException illegal) {
      throw new ParameterException(command, illegal.getMessage(), illegal);
    }
  }

  Map<String, Object> clients(CommandLine command) {
    return broker
        .access(command)
        .with(Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000));
  }

  /** A broker that is away, or has no such topic, is said in a sentence. */
  <T> T read(CommandLine command, Function<AsideReader, T> question) {
    Topics topics = topics(command);
    Map<String, Object> clients = clients(command);
    try (AsideReader reader =
        late ? AsideReader.late(clients, topics) : AsideReader.deadLetters(clients, topics)) {
      return question.apply(reader);
    } catch (KafkaException problem) {
      throw broker.access(command).failed(problem);
    }
  }

  /** Of this project; what is another's is not told from what is not there. */
  PutAside one(AsideReader reader, Position position) {
    return reader
        .read(position)
        .filter(found -> found.project().equals(project))
        .orElseThrow(
            () ->
                CommandFailure.couldNotRun(
                    "project '%s' has no %s at %s; it may have been deleted by age"
                        .formatted(project, late ? "late event" : "dead letter", position)));
  }

  static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(
            () ->
                CommandFailure.wrongUse(
                    "needs PARTITION@OFFSET such as 2@17, as list prints it, got '" + text + "'"));
  }
}
