package io.assay.cli;

import io.assay.stream.contract.BrokerTrouble;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Which brokers, and how they let us in.
 *
 * @param settings of Kafka's clients, security among them
 * @param from where these settings come from, for whoever has to mend them
 */
record BrokerAccess(String servers, Map<String, String> settings, String from) {
  private static final String SERVERS = "bootstrap.servers";

  BrokerAccess {
    settings = Map.copyOf(settings);
  }

  static Map<String, String> read(Path file) {
    var read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (IOException unreadable) {
      throw CommandFailure.couldNotRun(
          "settings of Kafka's clients cannot be read: " + FailureText.of(unreadable), unreadable);
    } catch (IllegalArgumentException malformed) {
      throw CommandFailure.couldNotRun(
          "%s needs lines NAME=VALUE: %s".formatted(file, malformed.getMessage()), malformed);
    }
    Map<String, String> settings = new HashMap<>();
    read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    return settings;
  }

  /** The brokers that a file names. */
  static Optional<String> servers(Map<String, String> settings) {
    return Optional.ofNullable(settings.get(SERVERS)).filter(named -> !named.isBlank());
  }

  /** Ours, and those of the file, which win; but the brokers are those that were decided on. */
  Map<String, Object> with(Map<String, ?> ours) {
    Map<String, Object> all = new HashMap<>(ours);
    all.putAll(settings);
    all.put(SERVERS, servers);
    return all;
  }

  /** What stood in the way at the broker, for the user of a command. */
  CommandFailure failed(Throwable failure) {
    return CommandFailure.couldNotRun(
        BrokerTrouble.told(servers, settings, from, failure), failure);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "BrokerAccess[%s, %s]".formatted(servers, settings.keySet());
  }
}
