package io.assay.stream.assertions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the one state store: what kind of part it is, the project, and what it is of.
 *
 * <p>The kind stands first, so that one kind can be walked alone; the project's length stands
 * before it, so that no two projects can meet.
 */
final class StateKeys {
  private static final byte KEY = 'k';
  private static final byte MINUTE = 'm';
  private static final byte UNSENT = 'u';

  private final byte[] project;

  StateKeys(String project) {
    this.project = project.getBytes(StandardCharsets.UTF_8);
  }

  /** What is remembered of a stream key. */
  Bytes ofKey(String key) {
    return of(KEY, key.getBytes(StandardCharsets.UTF_8));
  }

  /** What was counted in a minute of event time. */
  Bytes ofMinute(long minute) {
    return of(MINUTE, ByteBuffer.allocate(Long.BYTES).putLong(minute).array());
  }

  /** The minutes whose counts have changed since they were last sent. */
  Bytes ofUnsent() {
    return of(UNSENT, new byte[0]);
  }

  private Bytes of(byte kind, byte[] part) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Integer.BYTES + project.length + part.length)
            .put(kind)
            .putInt(project.length)
            .put(project)
            .put(part)
            .array());
  }
}
