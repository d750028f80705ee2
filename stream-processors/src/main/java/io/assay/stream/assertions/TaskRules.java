package io.assay.stream.assertions;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.streams.processor.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * By which rules one task judges at the moment. All nodes of the task go by the same, and change to
 * others between two records only. Belongs to the task's thread.
 */
final class TaskRules {
  private final LiveRules live;
  private final Function<LiveRules.Generation, Judging> made;
  private @Nullable Judging current;

  /** Of all tasks of one topology; any thread may ask. */
  static final class Register {
    private final LiveRules live;
    private final Function<LiveRules.Generation, Judging> made;
    private final Map<TaskId, TaskRules> tasks = new ConcurrentHashMap<>();

    Register(LiveRules live, Function<LiveRules.Generation, Judging> made) {
      this.live = live;
      this.made = made;
    }

    TaskRules of(TaskId task) {
      return tasks.computeIfAbsent(task, unused -> new TaskRules(live, made));
    }

    /** The task is closed; if it is taken up again it begins with what it has noted. */
    void forget(TaskId task) {
      tasks.remove(task);
    }
  }

  private TaskRules(LiveRules live, Function<LiveRules.Generation, Judging> made) {
    this.live = live;
    this.made = made;
  }

  /**
   * Begins where the task has stopped.
   *
   * @param noted the generation it judged by; empty for a task that has judged nothing yet
   */
  Judging begin(Optional<Long> noted) {
    Judging begun = made.apply(noted.flatMap(live::of).orElseGet(live::newest));
    current = begun;
    return begun;
  }

  Judging current() {
    return Objects.requireNonNull(current, "the judge begins before records come");
  }

  /**
   * Between two records: takes up the newest rules.
   *
   * @return whether they are others than before
   */
  boolean look() {
    LiveRules.Generation newest = live.newest();
    if (newest == current().generation()) {
      return false;
    }
    current = made.apply(newest);
    return true;
  }
}
