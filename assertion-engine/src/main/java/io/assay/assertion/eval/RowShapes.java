package io.assay.assertion.eval;

import io.assay.assertion.event.StreamType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that rows of a stream have, and those that stored rows had before.
 *
 * <p>A state tells its fields by a hash only, which takes eight bytes however many they are. What
 * the hash stands for is told once for all states, to be stored beside them.
 */
final class RowShapes {
  /** Raised by any change of what is told; others are not understood. */
  private static final int VERSION = 1;

  private final StreamType stream;
  private final RowShape now;
  private final long hash;
  private final Map<Long, RowShape> before = new HashMap<>(0);
  private final Set<Long> unmet = new HashSet<>(0);

  RowShapes(StreamType stream) {
    this.stream = stream;
    this.now = RowShape.of(stream.root());
    this.hash = Hashes.shortOf(stream.name(), stream.root().toString());
  }

  RowShape now() {
    return now;
  }

  /** Of rows that are written now. */
  long hash() {
    return hash;
  }

  /** Null where nobody has told which fields these were. */
  @Nullable RowShape of(long stored) {
    if (stored == hash) {
      return now;
    }
    unmet.remove(stored);
    return before.get(stored);
  }

  /** Hashes of fields of before, of which no row was asked for since they were learned. */
  Set<Long> unmet() {
    return Set.copyOf(unmet);
  }

  /** What the hash stands for, as bytes. */
  Map<Long, byte[]> told() {
    return Map.of(hash, bytes());
  }

  byte[] bytes() {
    StateWriter out = new StateWriter();
    out.writeByte(VERSION);
    out.writeText(stream.name());
    out.writeFixed(hash);
    now.write(out);
    return out.toBytes();
  }

  /**
   * Takes in what was {@link #told} under rules before these, of whichever stream.
   *
   * @throws IllegalArgumentException where the bytes are broken
   */
  void learn(byte[] told) {
    StateReader in = new StateReader(told);
    if (in.readByte() == VERSION && in.readText().equals(stream.name())) {
      long stored = in.readFixed();
      before.put(stored, now.read(in));
      if (stored != hash) {
        unmet.add(stored);
      }
    }
  }
}
