package io.assay.stream.repair;

import java.util.List;

/**
 * What judging repaired events of a key in their history came to.
 *
 * @param found how many violations there are with them and were not without; of several events they
 *     stand with the first
 * @param undone how many there were without them, and would not be with them: they stay
 * @param events how many events were judged together
 * @param leftOut assertions whose windows are over several keys
 */
public record Judgement(int found, int undone, int events, List<String> leftOut) {
  public Judgement {
    leftOut = List.copyOf(leftOut);
  }

  /** What one of the others is told, whose violations stand with the first. */
  Judgement ofOthers() {
    return new Judgement(0, 0, events, leftOut);
  }

  /** For people. */
  public String told() {
    var told =
        new StringBuilder("%d more %s".formatted(found, found == 1 ? "violation" : "violations"));
    if (undone > 0) {
      told.append(", %d would not have been".formatted(undone));
    }
    if (events > 1) {
      told.append(", judged with %d more of its key".formatted(events - 1));
    }
    if (!leftOut.isEmpty()) {
      told.append(", not judged by ").append(String.join(", ", leftOut));
    }
    return told.toString();
  }
}
