package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** One Kafka broker that is its own controller, listening on 127.0.0.1 alone. */
final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final int port;
  private final KafkaExit exit;

  private EmbeddedBroker(KafkaRaftServer server, int port, KafkaExit exit) {
    this.server = server;
    this.port = port;
    this.exit = exit;
  }

  /** Starts the broker in {@code home}, and formats the folder first if there is none. */
  static EmbeddedBroker start(Path home, int port, int controllerPort) {
    return start(home, port, controllerPort, Map.of());
  }

  /** The same, with settings of {@code server.properties} that win over ours. */
  static EmbeddedBroker start(Path home, int port, int controllerPort, Map<String, String> more) {
    if (home.toString().contains(",")) {
      throw new EmbeddedException(
          Problem.UNSUPPORTED,
          "Kafka takes a comma for the end of a path, got %s; choose a folder without one"
              .formatted(home));
    }
    if (!Files.exists(home)) {
      format(home);
    } else if (!Files.exists(home.resolve("meta.properties"))) {
      throw damaged(home, "meta.properties is missing", null);
    }
    requireKnownTopics(home);
    Map<String, Object> properties = properties(home, port, controllerPort);
    properties.putAll(more);
    KafkaExit exit = KafkaExit.watch();
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, port, exit);
    } catch (Exception | LinkageError | AssertionError failure) {
      if (server != null) {
        stopQuietly(server);
      }
      exit.close();
      throw explain(home, port, exit.reason().getNow(""), failure);
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Done, with the reason, if the broker gives up while it runs. */
  CompletableFuture<String> onHalt() {
    return exit.reason();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    exit.close();
  }

  /**
   * The folder appears under its name only when it is whole: a process killed meanwhile starts
   * afresh.
   */
  private static void format(Path home) {
    Path part = home.resolveSibling(home.getFileName() + ".part");
    try {
      Folders.delete(part);
      Files.createDirectories(part);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(part.toString())
          .addDirectory(part.toString())
          .run();
      Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw EmbeddedException.io(home, "formatting Kafka's folder", failure);
    } catch (Exception failure) {
      throw EmbeddedException.io(
          home,
          "formatting Kafka's folder",
          new IOException(EmbeddedException.reason(failure), failure));
    }
  }

  private static void requireKnownTopics(Path home) {
    try {
      Optional<Path> stray = BrokerTopics.stray(home);
      if (stray.isPresent()) {
        throw damaged(
            home,
            "its metadata log does not know " + stray.get().getFileName() + " any more",
            null);
      }
    } catch (IOException failure) {
      throw EmbeddedException.io(home, "reading Kafka's metadata", failure);
    }
  }

  private static Map<String, Object> properties(Path home, int port, int controllerPort) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", NODE);
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    properties.put("log.dirs", home.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "8");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "8");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    // After kill -9 the controller must notice quickly that the old broker session is dead.
    properties.put("broker.session.timeout.ms", "3000");
    properties.put("broker.heartbeat.interval.ms", "500");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // On a busy machine the markers of a producer's former transaction take longer than the 100 ms
    // for which a broker tries to begin the next one: its later batches then come before its first,
    // which is mended by sending again, and yet fills the log with errors.
    properties.put("add.partitions.to.txn.retry.backoff.max.ms", "5000");
    properties.put("log.cleaner.dedupe.buffer.size", "8388608");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    properties.put("server.max.startup.time.ms", "300000");
    return properties;
  }

  private static EmbeddedException explain(Path home, int port, String halt, Throwable failure) {
    StringBuilder said = new StringBuilder(halt);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      said.append(said.isEmpty() ? "" : "; ").append(EmbeddedException.reason(cause));
      if (cause instanceof BindException || said.toString().contains("Address already in use")) {
        return EmbeddedException.portTaken("Kafka", port, "broker port", failure);
      }
    }
    if (EmbeddedException.saysDiskFull(said.toString())) {
      return EmbeddedException.diskFull(home, "room for Kafka", failure);
    }
    if (!Files.isWritable(home)) {
      return EmbeddedException.notWritable(home, "Kafka says: " + said, failure);
    }
    return damaged(home, said.toString(), failure);
  }

  private static EmbeddedException damaged(Path home, String reason, @Nullable Throwable cause) {
    return new EmbeddedException(
        Problem.DAMAGED,
        "Kafka cannot use its data in %s: %s; restore the folder from a copy, or move it away to begin empty"
            .formatted(home, reason),
        cause);
  }

  private static void stopQuietly(KafkaRaftServer server) {
    try {
      server.shutdown();
    } catch (RuntimeException | AssertionError ignored) {
      // It did not start as a whole, so it need not stop as a whole; the cause is thrown already.
    }
  }
}
