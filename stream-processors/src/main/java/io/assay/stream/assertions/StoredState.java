package io.assay.stream.assertions;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the store has of a key: its state, and how many events of the task it has seen. */
final class StoredState {
  /** Above all versions of states that stand without a number, as they did before. */
  private static final byte NUMBERED = 'S';

  private static final byte ENDED = 'E';

  private final long number;
  private final byte @Nullable [] state;
  private final boolean ended;

  private StoredState(long number, byte @Nullable [] state, boolean ended) {
    this.number = number;
    this.state = state;
    this.ended = ended;
  }

  static byte[] of(long number, byte[] state) {
    return ByteBuffer.allocate(1 + Long.BYTES + state.length)
        .put(NUMBERED)
        .putLong(number)
        .put(state)
        .array();
  }

  static byte[] ended(long number) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(ENDED).putLong(number).array();
  }

  static StoredState read(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return new StoredState(0, null, false);
    }
    if (bytes.length <= Long.BYTES || (bytes[0] != NUMBERED && bytes[0] != ENDED)) {
      return new StoredState(0, bytes, false);
    }
    long number = ByteBuffer.wrap(bytes).getLong(1);
    return bytes[0] == ENDED
        ? new StoredState(number, null, true)
        : new StoredState(number, Arrays.copyOfRange(bytes, 1 + Long.BYTES, bytes.length), false);
  }

  /** Events before it are in the state. */
  long number() {
    return number;
  }

  /** Null where nothing is remembered. */
  byte @Nullable [] state() {
    return state;
  }

  /** Whether it says that nothing is remembered any more. */
  boolean isEnded() {
    return ended;
  }
}
