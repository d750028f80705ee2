package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL's first process, as a child that ends with this one.
 *
 * <p>The kernel sends the child SIGINT (PostgreSQL's quick, clean shutdown) when the
 * <em>thread</em> that started it ends, so that thread lives exactly as long as the child. The
 * child leads a session of its own, or Ctrl-C in a terminal would stop the database before those
 * who use it.
 */
final class Postmaster {
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  static Postmaster start(ProcessBuilder builder) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread parent = new Thread(() -> live(builder, started), "postgres-parent");
    parent.setDaemon(true);
    parent.start();
    try {
      return new Postmaster(started.join());
    } catch (CompletionException failure) {
      throw new EmbeddedException(
          Problem.UNSUPPORTED,
          "PostgreSQL needs the programs setsid and setpriv (package util-linux) and sh, but starting it failed: "
              + EmbeddedException.reason(failure),
          failure);
    }
  }

  private static void live(ProcessBuilder builder, CompletableFuture<Process> started) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException failure) {
      started.completeExceptionally(failure);
      return;
    }
    started.complete(process);
    process.onExit().join();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Asks for the quick shutdown first; what it interrupts is rolled back, what was committed stays.
   * Waits even in an interrupted thread, for the next step would be harsher.
   */
  void stop() {
    for (String signal : new String[] {"INT", "QUIT", "KILL"}) {
      if (!process.isAlive()) {
        return;
      }
      Commands.signal(process.pid(), signal);
      process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
