package io.assay.assertion.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** So many threads that do a piece of work each, and wait for each other. */
final class Crew implements AutoCloseable {
  private final int size;
  private final ExecutorService others;

  Crew(int size) {
    this.size = size;
    this.others =
        Executors.newFixedThreadPool(
            Math.max(1, size - 1), Thread.ofPlatform().daemon().name("assay-job-", 1).factory());
  }

  int size() {
    return size;
  }

  /** Does the work for each of {@code 0 .. size - 1}, and returns when all are done. */
  void each(IntConsumer work) {
    List<Future<?>> pieces = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      int piece = i;
      pieces.add(others.submit(() -> work.accept(piece)));
    }
    work.accept(0);
    pieces.forEach(Crew::await);
  }

  private static void await(Future<?> piece) {
    try {
      piece.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while others worked", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    others.shutdownNow();
  }
}
