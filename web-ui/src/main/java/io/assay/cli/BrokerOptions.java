package io.assay.cli;

import io.assay.embedded.EmbeddedRuntime;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which broker a command means. */
final class BrokerOptions {
  @Option(
      names = {"--bootstrap-servers", "--bootstrap"},
      paramLabel = "HOST:PORT",
      description =
          "The broker (default: the environment's ASSAY_BOOTSTRAP_SERVERS, else the one with the"
              + " data in --data).")
  @Nullable String bootstrap;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".assay",
      description = "Data folder of a running demo (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".assay");

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Settings of Kafka's clients, such as security.protocol, as NAME=VALUE lines (default:"
              + " the environment's ASSAY_KAFKA_CONFIG).")
  @Nullable Path config;

  /**
   * How to reach the broker, with what {@code --kafka-config} says.
   *
   * @throws ParameterException where no broker is named anywhere
   * @throws CommandFailure where the file cannot be read
   */
  BrokerAccess access(CommandLine command) {
    return new BrokerAccess(servers(command), settings());
  }

  private Map<String, String> settings() {
    String fromEnvironment = System.getenv("ASSAY_KAFKA_CONFIG");
    Path file = config;
    if (file == null && fromEnvironment != null && !fromEnvironment.isBlank()) {
      file = Path.of(fromEnvironment);
    }
    return file == null ? Map.of() : BrokerAccess.read(file);
  }

  /**
   * @throws ParameterException where none is named anywhere
   */
  private String servers(CommandLine command) {
    // The command says itself, once, that no broker answers.
    if (System.getProperty("assay.log.kafka") == null) {
      System.setProperty("assay.log.kafka", "OFF");
    }
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
                new ParameterException(
                    command,
                    "needs --bootstrap-servers HOST:PORT: no demo has left its broker's port in "
                        + data));
  }
}
