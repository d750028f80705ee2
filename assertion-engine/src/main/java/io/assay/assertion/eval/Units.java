package io.assay.assertion.eval;

import io.assay.assertion.Tally;

/**
 * What a kind that follows things counts: lives, where there are identities, each once at its first
 * violation or at its end; else the events of the key.
 */
final class Units {
  private final String assertion;
  private final boolean ofKey;

  Units(Scope scope, Following following) {
    this.assertion = scope.assertion.name();
    this.ofKey = following.isOfKey();
  }

  void violated(Track track, Moment moment) {
    if (ofKey || !track.violated) {
      track.violated = true;
      moment.count(assertion, "", Tally.JUDGED, 1);
      moment.count(assertion, "", Tally.VIOLATED, 1);
    }
  }

  /** A sighting had a verdict, and nothing is wrong. */
  void held(Moment moment) {
    if (ofKey) {
      heldOnce(moment);
    }
  }

  void ended(Track track, Moment moment) {
    if (!ofKey && !track.violated) {
      heldOnce(moment);
    }
  }

  private void heldOnce(Moment moment) {
    moment.count(assertion, "", Tally.JUDGED, 1);
    moment.count(assertion, "", Tally.HELD, 1);
  }

  void undecided(Moment moment, String reason) {
    moment.undecided(assertion, "", reason);
  }

  /** Of a recording: whoever was seen and did nothing wrong has held. */
  void finish(Memory memory, Moment last) {
    memory.tracks.values().stream()
        .filter(track -> !track.ended)
        .forEach(track -> ended(track, last));
    memory.tracks.clear();
  }
}
