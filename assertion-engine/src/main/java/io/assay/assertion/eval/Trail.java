package io.assay.assertion.eval;

import org.jspecify.annotations.Nullable;

/** What a kind remembers of the sightings of one identity, or of the key. */
sealed interface Trail {
  /** The oldest event from which on all may still become evidence; the greatest number for none. */
  long neededFrom(Reach reach);

  /** Adds single events that stay as they are. */
  default void pin(Pins pins) {}

  /** The last two stretches of sightings with one value each: what A-B-A is found by. */
  final class Stretches implements Trail {
    /** Before {@code now}; none after the first. */
    @Nullable Stretch earlier;

    Stretch now;

    Stretches(@Nullable Stretch earlier, Stretch now) {
      this.earlier = earlier;
      this.now = now;
    }

    @Override
    public long neededFrom(Reach reach) {
      if (earlier != null && reach.covers(earlier.lastAt, earlier.lastIndex)) {
        return earlier.lastSequence;
      }
      return reach.covers(now.lastAt, now.lastIndex) ? reach.one(now.lastSequence) : Long.MAX_VALUE;
    }

    @Override
    public void pin(Pins pins) {
      if (earlier != null) {
        pins.add(earlier.lastSequence);
        pins.add(now.firstSequence);
      }
    }
  }

  /** Sightings in a row with one value, from the first to the last. */
  final class Stretch {
    final Object value;
    final long firstSequence;
    final int firstElement;
    long count;
    long lastAt;
    long lastIndex;
    long lastSequence;
    int lastElement;

    Stretch(Object value, long firstSequence, int firstElement) {
      this.value = value;
      this.firstSequence = firstSequence;
      this.firstElement = firstElement;
    }

    void grow(long at, long index, long sequence, int element) {
      count++;
      lastAt = at;
      lastIndex = index;
      lastSequence = sequence;
      lastElement = element;
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
  final class Last implements Trail {
    @Nullable Object value;
    long at;
    long sequence;
    int element;

    void see(@Nullable Object own, Past now, int place) {
      value = own;
      at = now.at();
      sequence = now.sequence();
      element = place;
    }

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
