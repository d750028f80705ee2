package io.assay.imports;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing's boxes at some frames; between two it moves in a straight line, after the last it
 * stays, and where it is gone it is until the next.
 */
final class KeyFrames {
  private final TreeMap<Integer, Key> keys = new TreeMap<>();

  /**
   * One of them.
   *
   * @param here whether it is seen at this frame
   * @param stays whether it is still seen behind it
   */
  private record Key(LabelledBox box, boolean here, boolean stays) {}

  void add(int frame, LabelledBox box, boolean here, boolean stays) {
    keys.put(frame, new Key(box, here, stays));
  }

  /** The last frame at which something is said; -1 of none. */
  int last() {
    return keys.isEmpty() ? -1 : keys.lastKey();
  }

  /** Where it is at a frame, if it is there. */
  Optional<LabelledBox> at(int frame) {
    Map.Entry<Integer, Key> before = keys.floorEntry(frame);
    if (before == null) {
      return Optional.empty();
    }
    Key key = before.getValue();
    if (before.getKey() == frame) {
      return key.here() ? Optional.of(key.box()) : Optional.empty();
    }
    if (!key.stays()) {
      return Optional.empty();
    }
    Map.Entry<Integer, Key> after = keys.higherEntry(frame);
    if (after == null || !after.getValue().here()) {
      return Optional.of(key.box());
    }
    double share = (double) (frame - before.getKey()) / (after.getKey() - before.getKey());
    return Optional.of(key.box().towards(after.getValue().box(), share));
  }
}
