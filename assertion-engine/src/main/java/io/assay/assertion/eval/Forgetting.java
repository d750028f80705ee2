package io.assay.assertion.eval;

import java.util.List;

/**
 * Lets go of events that no assertion may still show; the last event stays. With few events at each
 * event; with more only now and then, since all identities are asked what they need.
 */
final class Forgetting {
  private static final int FEW = 16;
  private static final int EVERY = 16;

  private final List<Judgement> judgements;
  private final Pins pins = new Pins();

  Forgetting(List<Judgement> judgements) {
    this.judgements = judgements;
  }

  /** After an event; by its number it hangs on nothing else when it is time. */
  void forget(KeyState state, Past now) {
    History history = state.history;
    boolean due =
        history.size() <= 2 || now.sequence() % (history.sizeOfRing() <= FEW ? 2 : EVERY) == 0;
    if (!due && !history.thins()) {
      return;
    }
    pins.clear();
    if (history.isLong()) {
      for (int i = 0; i < judgements.size(); i++) {
        judgements.get(i).pin(state.memories.get(i), pins);
      }
    }
    if (due) {
      history.forgetBefore(needed(state, now), pins);
    }
    if (history.isLong()) {
      history.thin(pins);
    }
  }

  private long needed(KeyState state, Past now) {
    long needed = now.sequence();
    for (int i = 0; i < judgements.size(); i++) {
      needed = Math.min(needed, judgements.get(i).neededFrom(state.memories.get(i), now));
    }
    return needed;
  }
}
