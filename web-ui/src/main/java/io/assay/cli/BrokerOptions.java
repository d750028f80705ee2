package io.assay.cli;

import io.assay.embedded.EmbeddedRuntime;
import java.nio.file.Path;
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

  /**
   * @throws ParameterException where none is named anywhere
   */
  String servers(CommandLine command) {
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
