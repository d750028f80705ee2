package io.assay.stream.assertions;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private LiveRules.@Nullable Generation generation;

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
   * @param suspended assertions that it left out
   */
  Judging begin(Optional<Long> noted, Set<String> suspended) {
    generation = noted.flatMap(live::of).orElseGet(live::newest);
    return leaveOut(suspended);
  }

  /** Between two records: leaves assertions out, and those that wait for them; and no others. */
  Judging leaveOut(Set<String> suspended) {
    LiveRules.Generation now = Objects.requireNonNull(generation, "the judge has begun");
    Judging taken =
        made.apply(
            suspended.isEmpty()
                ? now
                : new LiveRules.Generation(now.number(), now.rules().without(suspended)));
    current = taken;
    return taken;
  }

  /** Whose assertion it is; empty for one that every stream has. */
  Optional<String> streamOf(String assertion) {
    return Objects.requireNonNull(generation, "the judge has begun")
        .rules()
        .assertion(assertion)
        .map(one -> one.on().name());
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
    if (newest.is(generation)) {
      return false;
    }
    generation = newest;
    current = made.apply(newest);
    return true;
  }
}
