package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.Bound;
import java.util.Optional;

/**
 * How far back a kind may look from the next sighting on, whenever that comes: at or behind the
 * event judged last.
 *
 * @param bound none: as far as there is anything
 * @param nextIndex of the next event that tells anything
 */
record Reach(Optional<Bound> bound, Past now, long nextIndex) {
  boolean covers(long at, long index) {
    return bound.isEmpty() || Trails.within(bound.get(), at, index, now.at(), nextIndex);
  }

  /** The event of the first of some sightings that is covered. */
  long firstSequence(Values values) {
    int low = 0;
    int high = values.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (covers(values.at(middle), values.index(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == values.size() ? Long.MAX_VALUE : values.sequence(low);
  }

  /** One event is kept with all behind it while those are few; further back it stays by itself. */
  long one(long sequence) {
    return now.sequence() - sequence < History.NEAR ? sequence : Long.MAX_VALUE;
  }
}
