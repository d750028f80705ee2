package io.assay.stream.assertions;

import io.assay.assertion.rule.ir.CheckedRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules that tasks go by: those of now, and of before, for tasks that go on with them. */
public interface LiveRules {
  /**
   * One generation, told from others by identity.
   *
   * @param number 0 where rules have no generations
   * @param rules those that judge live
   */
  record Generation(long number, CheckedRules rules) {
    /** Whether it is this very one. */
    @SuppressWarnings("ReferenceEquality") // asked for each record; equal rules are made anew
    boolean is(@Nullable Generation other) {
      return this == other;
    }
  }

  /** What tasks are to judge by from the next record on. Asked for at each: it costs nothing. */
  Generation newest();

  /** The same, once a generation is known of which others have told. */
  default Generation newest(long known) {
    return newest();
  }

  /** What a task has judged by before; empty if it is forgotten or cannot be used here. */
  Optional<Generation> of(long number);

  /** Rules that stay as they are. */
  static LiveRules fixed(CheckedRules rules) {
    var only = new Generation(0, rules);
    return new LiveRules() {
      @Override
      public Generation newest() {
        return only;
      }

      @Override
      public Optional<Generation> of(long number) {
        return Optional.empty();
      }
    };
  }
}
