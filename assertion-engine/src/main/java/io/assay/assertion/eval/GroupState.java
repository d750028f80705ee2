package io.assay.assertion.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that the assertions of connected streams remember of one key. Made, stored and restored by
 * {@link GroupJudge}; changed by judging, in one thread at a time.
 */
public final class GroupState {
  private final String key;
  private final Map<String, KeyState> streams;
  final Map<String, Buffer> buffers = new LinkedHashMap<>();

  /** One for each join, in the judge's order. */
  final List<Memory> memories;

  /** For each join the first event of its own stream that is not judged yet. */
  final long[] next;

  GroupState(String key, Map<String, KeyState> streams, List<Memory> memories) {
    this.key = key;
    this.streams = streams;
    this.memories = memories;
    this.next = new long[memories.size()];
    streams.keySet().forEach(stream -> buffers.put(stream, new Buffer()));
  }

  public String key() {
    return key;
  }

  KeyState of(String stream) {
    return Objects.requireNonNull(streams.get(stream), stream);
  }

  Map<String, KeyState> streams() {
    return streams;
  }

  Buffer buffer(String stream) {
    return Objects.requireNonNull(buffers.get(stream), stream);
  }
}
