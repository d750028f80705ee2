package io.assay.assertion.eval;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How far each of the lanes has come in which events reach what is merged: each is in one order, by
 * itself.
 */
final class Lanes {
  private final NavigableMap<Integer, Heard> lanes = new TreeMap<>();

  /**
   * How far a lane has come.
   *
   * @param clock event time; the least there is before its first event
   * @param spoke when it had an event last, by the time of arrivals
   * @param read up to which arrivals it has been read
   */
  record Heard(long clock, long spoke, long read) {
    private Heard with(long reached, long received, boolean hasSpoken) {
      long now = Math.max(read, received);
      boolean speaks = hasSpoken || reached > clock;
      return new Heard(Math.max(clock, reached), speaks ? now : spoke, now);
    }

    long silent() {
      return read - spoke;
    }

    boolean hasSpoken() {
      return clock != Long.MIN_VALUE;
    }
  }

  void expect(int lane, long received) {
    lanes.putIfAbsent(lane, new Heard(Long.MIN_VALUE, received, received));
  }

  void expectOnly(int count, long received) {
    lanes.tailMap(count, true).clear();
    for (int lane = 0; lane < count; lane++) {
      expect(lane, received);
    }
  }

  void hear(int lane, long clock, long received, boolean hasSpoken) {
    Heard first = new Heard(Long.MIN_VALUE, received, received);
    lanes.put(lane, lanes.getOrDefault(lane, first).with(clock, received, hasSpoken));
  }

  void pass(long received) {
    lanes.replaceAll((lane, heard) -> heard.with(heard.clock(), received, false));
  }

  /** The least of all lanes; the largest number where there are none. */
  long least(ToLongFunction<Heard> of) {
    return lanes.values().stream().mapToLong(of).min().orElse(Long.MAX_VALUE);
  }

  /** The greatest of all lanes; the least number where there are none. */
  long most(ToLongFunction<Heard> of) {
    return lanes.values().stream().mapToLong(of).max().orElse(Long.MIN_VALUE);
  }

  void write(StateWriter out) {
    out.writeUnsigned(lanes.size());
    lanes.forEach(
        (lane, heard) -> {
          out.writeUnsigned(lane);
          out.writeFixed(heard.clock());
          out.writeFixed(heard.spoke());
          out.writeFixed(heard.read());
        });
  }

  void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      lanes.put((int) in.readUnsigned(), new Heard(in.readFixed(), in.readFixed(), in.readFixed()));
    }
  }
}
