package io.assay.assertion.eval;

import io.assay.assertion.event.StreamType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

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

  /** What assertions that others wait for said of events, where it was not that all is well. */
  final Map<String, NavigableMap<Long, Outcomes.Outcome>> told = new HashMap<>(0);

  /** By stream: what whoever stores this has set down for itself, see {@link #wake}. */
  final Map<String, Long> wakes = new HashMap<>(0);

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

  /** Event time of the newest event of any stream; the least there is before the first. */
  long newest() {
    long newest = Long.MIN_VALUE;
    for (KeyState one : streams.values()) {
      newest = Math.max(newest, one.newest);
    }
    return newest;
  }

  /** When the last of the streams' newest events was received. */
  long newestReceived() {
    long newest = Long.MIN_VALUE;
    for (KeyState one : streams.values()) {
      newest = Math.max(newest, one.newestReceived);
    }
    return newest;
  }

  /**
   * Whether events, and what assertions remembered, were not read: nobody has told which fields the
   * rows had when they were stored.
   */
  public boolean isCut() {
    return streams.values().stream().anyMatch(one -> one.cut);
  }

  /** As a new key has it; what whoever stores this has set down for itself stays. */
  void beginAnew(GroupState fresh) {
    streams.putAll(fresh.streams);
    buffers.putAll(fresh.buffers);
    memories.clear();
    memories.addAll(fresh.memories);
    Arrays.fill(next, 0);
    told.clear();
  }

  void tell(String assertion, long sequence, Outcomes.Outcome outcome) {
    if (outcome != Outcomes.Outcome.HELD) {
      told.computeIfAbsent(assertion, unused -> new TreeMap<>()).put(sequence, outcome);
    }
  }

  Outcomes.Outcome told(String assertion, long sequence) {
    NavigableMap<Long, Outcomes.Outcome> all = told.get(assertion);
    return all == null ? Outcomes.Outcome.HELD : all.getOrDefault(sequence, Outcomes.Outcome.HELD);
  }

  void forgetTold(String assertion, long before) {
    NavigableMap<Long, Outcomes.Outcome> all = told.get(assertion);
    if (all != null) {
      all.headMap(before, false).clear();
      if (all.isEmpty()) {
        told.remove(assertion);
      }
    }
  }

  /** When it is to be looked at again if a stream stays idle: kept for whoever stores the state. */
  public OptionalLong wake(StreamType stream) {
    Long wake = wakes.get(stream.name());
    return wake == null ? OptionalLong.empty() : OptionalLong.of(wake);
  }

  public void wakeAt(StreamType stream, long time) {
    wakes.put(stream.name(), time);
  }

  public void letSleep(StreamType stream) {
    wakes.remove(stream.name());
  }

  Buffer buffer(String stream) {
    return Objects.requireNonNull(buffers.get(stream), stream);
  }
}
