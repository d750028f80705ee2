package io.assay.stream.repair;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.scenario.Payload;
import io.assay.assertion.scenario.Payloads;
import io.assay.stream.archive.ArchivedEvents;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The archived events of a stream with repaired ones of a key among them: each stands before the
 * first of its key that happened later, where it is neither late nor early. What stood where they
 * came from is left out.
 */
final class RepairedHistory implements Payloads {
  private final ArchivedEvents history;
  private final Deque<Repair> waiting;
  private final Set<Coordinates> replaced;
  private long received = Long.MIN_VALUE;

  RepairedHistory(ArchivedEvents history, List<Repair> repairs) {
    this.history = history;
    this.waiting =
        new ArrayDeque<>(repairs.stream().sorted(Comparator.comparingLong(Repair::at)).toList());
    this.replaced =
        repairs.stream().map(repair -> repair.event().source()).collect(Collectors.toSet());
  }

  @Override
  public @Nullable Payload next() {
    while (true) {
      Repair first = waiting.peek();
      long before = history.received();
      if (first != null
          && (history.isOver() || history.isNextBehind(first.event().key(), first.at()))) {
        return waiting.remove().arriving(received, before);
      }
      Payload next = history.next();
      if (next == null) {
        return null;
      }
      received = before;
      if (!replaced.contains(next.source())) {
        return next;
      }
    }
  }

  @Override
  public String place(Coordinates source) {
    return history.place(source);
  }
}
