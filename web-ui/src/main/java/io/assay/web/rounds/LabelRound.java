package io.assay.web.rounds;

import io.assay.assertion.selection.Firing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A round.
 *
 * @param number from 1
 * @param budget items, at most
 * @param firing how often each assertion fired when it was chosen
 * @param chosen why, of each strategy: what gained, and whether it fell back
 * @param closed when; empty while it is open
 * @param trained the model version that learned from it; empty while none is known
 * @param trainedAt when it was declared
 * @param seenAt event time of the first event that tells of that version
 */
record LabelRound(
    long number,
    Instant opened,
    String openedBy,
    int budget,
    long seed,
    Map<String, Firing> firing,
    String chosen,
    Optional<Instant> closed,
    String closedBy,
    String closedWhy,
    Optional<String> trained,
    Optional<Instant> trainedAt,
    Optional<Instant> seenAt) {

  /** Whether it is over: closed, and a model has learned from it. */
  boolean isOver() {
    return closed.isPresent() && trained.isPresent();
  }

  /** {@code OPEN}, {@code CLOSED} (no version has learned from it yet) or {@code OVER}. */
  String state() {
    return closed.isEmpty() ? "OPEN" : isOver() ? "OVER" : "CLOSED";
  }

  /** From when on what is judged is of the model that learned from it. */
  Optional<Instant> learnedFrom() {
    return seenAt.or(() -> trainedAt);
  }
}
