package io.assay.cli;

import io.assay.embedded.EmbeddedRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
          "The broker (default: that of --kafka-config, else the environment's"
              + " ASSAY_BOOTSTRAP_SERVERS, else the one with the data in --data).")
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
    // The command says itself, once, that no broker answers.
    if (System.getProperty("assay.log.kafka") == null) {
      System.setProperty("assay.log.kafka", "OFF");
    }
    Map<String, String> settings = Map.of();
    String from = CONFIG;
    Optional<String> variable = variable(CONFIG_VARIABLE);
    if (config != null) {
      settings = BrokerAccess.read(config);
      from = CONFIG + ' ' + config;
    } else if (variable.isPresent()) {
      settings = BrokerAccess.read(Path.of(variable.get()));
      from = CONFIG_VARIABLE + ' ' + variable.get();
    }
    return new BrokerAccess(servers(command, BrokerAccess.servers(settings)), settings, from);
  }

  /**
   * What is said on the command line goes before what stands in the environment, and an option
   * before what a file says beside other things.
   *
   * @throws ParameterException where none is named anywhere
   */
  private String servers(CommandLine command, Optional<String> ofFile) {
    Optional<String> ofEnvironment = variable("ASSAY_BOOTSTRAP_SERVERS");
    return Optional.ofNullable(bootstrap)
        .or(() -> config == null ? ofEnvironment.or(() -> ofFile) : ofFile.or(() -> ofEnvironment))
        .or(() -> EmbeddedRuntime.lastBootstrapServers(data))
        .orElseThrow(
            () ->
                new ParameterException(
                    command,
                    "needs --bootstrap-servers HOST:PORT: no demo has left its broker's port in "
                        + data));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
