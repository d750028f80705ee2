package io.assay.assertion.eval;

import org.jspecify.annotations.Nullable;

/** What a kind remembers of the sightings of one identity, or of the key. */
sealed interface Trail {
  /** The oldest event from which on all may still become evidence; the greatest number for none. */
  long neededFrom(Reach reach);

  /** Adds single events that stay as they are. */
  default void pin(Pins pins) {}

  /**
   * The last two stretches of sightings with one value each: what A-B-A is found by.
   *
   * @param earlier before {@code now}; none after the first
   */
  record Stretches(@Nullable Stretch earlier, Stretch now) implements Trail {
    @Override
    public long neededFrom(Reach reach) {
      if (earlier != null && reach.covers(earlier.lastAt(), earlier.lastIndex())) {
        return earlier.lastSequence();
      }
      return reach.covers(now.lastAt(), now.lastIndex())
          ? reach.one(now.lastSequence())
          : Long.MAX_VALUE;
    }

    @Override
    public void pin(Pins pins) {
      if (earlier != null) {
        pins.add(earlier.lastSequence());
        pins.add(now.firstSequence());
      }
    }
  }

  /** Sightings in a row with one value, from the first to the last. */
  record Stretch(
      Object value,
      long count,
      long firstSequence,
      int firstElement,
      long lastAt,
      long lastIndex,
      long lastSequence,
      int lastElement) {
    Stretch longer(long at, long index, long sequence, int element) {
      return new Stretch(
          value, count + 1, firstSequence, firstElement, at, index, sequence, element);
    }
  }

  /** The sightings within the bound and their values; and the episode that is open, if one is. */
  final class Recent implements Trail {
    final Values values = new Values();
    final Episode episode = new Episode();

    @Override
    public long neededFrom(Reach reach) {
      return reach.firstSequence(values);
    }

    @Override
    public void pin(Pins pins) {
      values.pinFirst(pins);
    }
  }

  /** When it came and went, within the bound; and the episode that is open, if one is. */
  final class Switches implements Trail {
    final Values values = new Values();
    final Episode episode = new Episode();

    /** Whether it was there in the last event that told. */
    boolean there;

    @Override
    public long neededFrom(Reach reach) {
      return reach.firstSequence(values);
    }

    @Override
    public void pin(Pins pins) {
      values.pinFirst(pins);
    }
  }

  /** The value at the last sighting; none where it had none. */
  record Last(@Nullable Object value, long at, long sequence, int element) implements Trail {
    @Override
    public long neededFrom(Reach reach) {
      return reach.one(sequence);
    }

    @Override
    public void pin(Pins pins) {
      pins.add(sequence);
    }
  }

  /** Violations in a row count once: until none has come for as long as the bound. */
  final class Episode {
    boolean open;
    long lastAt;
    long lastIndex;
  }
}
