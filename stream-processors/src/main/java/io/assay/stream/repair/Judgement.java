package io.assay.stream.repair;

import io.assay.assertion.Violation;
import java.util.List;

/**
 * What judging repaired events of a key in their history came to.
 *
 * @param found violations that there are with them and were not without; of several events they
 *     stand with the first
 * @param undone how many there were without them, and would not be with them: they stay
 * @param events how many events were judged together
 * @param leftOut assertions whose windows are over several keys
 */
public record Judgement(List<Violation> found, int undone, int events, List<String> leftOut) {
  public Judgement {
    found = List.copyOf(found);
    leftOut = List.copyOf(leftOut);
  }

  /** For people. */
  public String told() {
    int more = found.size();
    var told =
        new StringBuilder("%d more %s".formatted(more, more == 1 ? "violation" : "violations"));
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
