package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL and a Kafka broker of our own in one data folder.
 *
 * <p>{@code kill -9} of this process loses nothing that was committed or acknowledged, and leaves
 * no process behind. Close it after everything that uses it; {@link #closeOnExit} does so in order.
 */
public final class EmbeddedRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRuntime.class);

  /** A server that gives up with less than this left has met a full disk; it seldom says so. */
  private static final long FULL = 16 * 1024 * 1024;

  private final DataFolder folder;
  private final EmbeddedPostgres postgres;
  private final EmbeddedBroker broker;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<EmbeddedException> failure;

  private EmbeddedRuntime(DataFolder folder, EmbeddedPostgres postgres, EmbeddedBroker broker) {
    this.folder = folder;
    this.postgres = postgres;
    this.broker = broker;
    this.failure =
        CompletableFuture.anyOf(
                postgres.onExit().thenApply(status -> "PostgreSQL ended with status " + status),
                broker.onHalt().thenApply(reason -> "Kafka gave up: " + reason))
            .thenCompose(this::describe);
  }

  /**
   * Starts both servers and returns when they serve.
   *
   * @throws EmbeddedException with the kind of trouble and what to do about it
   */
  public static EmbeddedRuntime start(EmbeddedSettings settings) {
    DataFolder folder = DataFolder.open(settings.folder(), settings.minimumFree());
    try {
      Ports ports = Ports.resolve(settings, folder.path());
      // Refuses a folder of another user before the broker writes into it.
      PostgresUser.choose(folder.postgres());
      return start(folder, ports, settings.postgresOptions());
    } catch (RuntimeException refused) {
      folder.close();
      throw refused;
    }
  }

  private static EmbeddedRuntime start(
      DataFolder folder, Ports ports, Map<String, String> options) {
    CompletableFuture<EmbeddedBroker> broker =
        CompletableFuture.supplyAsync(
            () -> EmbeddedBroker.start(folder.kafka(), ports.broker(), ports.controller()),
            task -> new Thread(task, "kafka-start").start());
    EmbeddedPostgres postgres;
    try {
      postgres =
          EmbeddedPostgres.start(folder.postgres(), folder.postgres(), ports.postgres(), options);
    } catch (RuntimeException refused) {
      broker
          .handle((started, failed) -> started)
          .thenAccept(EmbeddedRuntime::closeIfStarted)
          .join();
      throw refused;
    }
    try {
      return new EmbeddedRuntime(folder, postgres, broker.join());
    } catch (CompletionException refused) {
      postgres.close();
      throw refused.getCause() instanceof EmbeddedException known ? known : refused;
    }
  }

  public String jdbcUrl() {
    return postgres.jdbcUrl(EmbeddedPostgres.DATABASE);
  }

  public String user() {
    return EmbeddedPostgres.USER;
  }

  public String password() {
    return postgres.password();
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Where the broker with this data folder listens, or did when it last ran. */
  public static Optional<String> lastBootstrapServers(Path folder) {
    return Ports.lastBroker(folder).map(port -> "127.0.0.1:" + port);
  }

  /** Where the database with this data folder is, or was when it last ran. */
  public static Optional<EmbeddedDatabase> lastDatabase(Path folder) {
    return Ports.lastPostgres(folder)
        .flatMap(port -> EmbeddedPostgres.stored(folder.resolve(DataFolder.POSTGRES), port));
  }

  /** The data folder, for what else belongs to this instance. */
  public Path folder() {
    return folder.path();
  }

  /** Makes those of the topics that are not there yet; the broker itself makes none unasked. */
  public void createTopics(Collection<NewTopic> topics) {
    Topics.create(bootstrapServers(), topics);
  }

  /** Done when one of the servers has ended though nobody closed it. */
  public CompletionStage<EmbeddedException> failure() {
    return failure.minimalCompletionStage();
  }

  /**
   * Closes {@code users} in the given order, then this, when the JVM ends. JVM hooks run side by
   * side, so nothing among {@code users} may have a hook of its own.
   */
  public void closeOnExit(AutoCloseable... users) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  for (AutoCloseable user : users) {
                    closeQuietly(user);
                  }
                  close();
                },
                "assay-exit"));
  }

  /** Stops the broker, then the database, and gives the folder back. Further calls do nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (folder;
          postgres) {
        broker.close();
      }
    }
  }

  private static void closeIfStarted(@Nullable EmbeddedBroker broker) {
    if (broker != null) {
      broker.close();
    }
  }

  /** What follows in the order must be closed even if this one fails. */
  private static void closeQuietly(AutoCloseable user) {
    try {
      user.close();
    } catch (Exception failure) {
      LOG.warn("closing {} at the exit failed", user, failure);
    }
  }

  /** Never completes for an end that was asked for. */
  private CompletableFuture<EmbeddedException> describe(Object reason) {
    if (closed.get()) {
      return new CompletableFuture<>();
    }
    Problem problem =
        EmbeddedException.usable(folder.path()) < FULL ? Problem.DISK_FULL : Problem.FAILED;
    return CompletableFuture.completedFuture(
        new EmbeddedException(
            problem,
            "%s; the disk of %s has %s left"
                .formatted(
                    reason,
                    folder.path(),
                    EmbeddedException.megabytes(EmbeddedException.usable(folder.path())))));
  }
}
