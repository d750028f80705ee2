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
  private static final String CONFIG = "--kafka-config";
  private static final String CONFIG_VARIABLE = "ASSAY_KAFKA_CONFIG";

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
      names = CONFIG,
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
    String servers = servers(command);
    String fromEnvironment = System.getenv(CONFIG_VARIABLE);
    if (config != null) {
      return new BrokerAccess(servers, BrokerAccess.read(config), CONFIG + ' ' + config);
    }
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return new BrokerAccess(
          servers,
          BrokerAccess.read(Path.of(fromEnvironment)),
          CONFIG_VARIABLE + ' ' + fromEnvironment);
    }
    return new BrokerAccess(servers, Map.of(), CONFIG);
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
