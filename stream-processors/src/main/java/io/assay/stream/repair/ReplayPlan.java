package io.assay.stream.repair;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What replaying a record would do. */
public sealed interface ReplayPlan {
  /** It is sent to the topic that it came from. */
  record Send(String topic) implements ReplayPlan {}

  /** It is judged in its key's history. */
  record Judge(Judgement judgement) implements ReplayPlan {}

  /** It was replayed before. */
  record Replayed(ReplayNote note) implements ReplayPlan {
    public String why() {
      return "%s %s by %s"
          .formatted(note.way().past(), Instant.ofEpochMilli(note.millis()), note.by());
    }
  }

  /** It cannot be replayed. */
  record Refused(String why) implements ReplayPlan {}

  /**
   * How to replay.
   *
   * @param again also what was replayed before
   * @param by who does it
   */
  record Wish(boolean again, String by) {}

  /** Whether there is something to be done. */
  default boolean isDone() {
    return switch (this) {
      case Send ignored -> true;
      case Judge ignored -> true;
      case Replayed ignored -> false;
      case Refused ignored -> false;
    };
  }

  /** Why not, where not all of it was kept. */
  static Optional<String> lacking(PutAside aside, byte @Nullable [] edited) {
    return aside.leftOut().stream()
        .filter(left -> edited == null || !left.startsWith("value "))
        .findFirst()
        .map(left -> "the " + left + " was too large to be kept");
  }
}
