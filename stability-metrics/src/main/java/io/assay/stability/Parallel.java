package io.assay.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Runs tasks on a few threads; their results stand in the order of the tasks. */
final class Parallel {
  private Parallel() {}

  static <T> List<T> run(int threads, List<Supplier<T>> tasks) {
    if (threads == 1 || tasks.size() == 1) {
      return tasks.stream().map(Supplier::get).toList();
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()))) {
      List<Future<T>> started = tasks.stream().map(task -> pool.submit(task::get)).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> one : started) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }
}
