package io.assay.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the way of a broker that wants to end the whole process.
 *
 * <p>A broker with a full or broken disk halts its JVM. Ours lives in the application's JVM: the
 * application learns the reason, and ends in its own order.
 */
final class KafkaExit implements AutoCloseable {
  private static final Set<KafkaExit> WATCHERS = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<String> reason = new CompletableFuture<>();

  private KafkaExit() {}

  static KafkaExit watch() {
    Exit.setExitProcedure(KafkaExit::refuse);
    Exit.setHaltProcedure(KafkaExit::refuse);
    KafkaExit watcher = new KafkaExit();
    WATCHERS.add(watcher);
    return watcher;
  }

  /** Completed with the reason when a broker gives up. */
  CompletableFuture<String> reason() {
    return reason;
  }

  @Override
  public void close() {
    WATCHERS.remove(this);
  }

  private static void refuse(int status, @Nullable String message) {
    String reason = message == null ? "the broker gave up with status " + status : message;
    WATCHERS.forEach(watcher -> watcher.reason.complete(reason));
    throw new IllegalStateException(reason);
  }
}
