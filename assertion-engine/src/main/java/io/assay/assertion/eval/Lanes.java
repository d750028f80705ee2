package io.assay.assertion.eval;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How far each of the lanes has come in which events reach what is merged: each is in one order, by
 * itself.
 */
final class Lanes {
  private final NavigableMap<Integer, Heard> lanes = new TreeMap<>();

  /** So many lanes in a row are of one source; told anew by whoever hands on, and not stored. */
  private int perSource = 1;

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
    expectOnly(count, 1, received);
  }

  void expectOnly(int count, int ofEachSource, long received) {
    perSource = ofEachSource;
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

  /**
   * Event time that all lanes have come to. One is left out that was read on, and whose source had
   * nothing in any of its lanes, for a time; where that is so of all, event time goes on as the
   * time of arrivals does.
   *
   * @param idle that time, nanoseconds
   */
  long clock(long idle) {
    Map<Integer, Long> spoke = new HashMap<>();
    lanes.forEach((lane, heard) -> spoke.merge(lane / perSource, heard.spoke(), Math::max));
    long read = least(Heard::read);
    long least = Long.MAX_VALUE;
    long passed = Long.MIN_VALUE;
    for (Map.Entry<Integer, Heard> entry : lanes.entrySet()) {
      Heard heard = entry.getValue();
      long last = Objects.requireNonNull(spoke.get(entry.getKey() / perSource));
      if (heard.read() - last < idle) {
        least = Math.min(least, heard.clock());
      }
      if (heard.hasSpoken()) {
        passed = Math.max(passed, heard.clock() + Math.max(0, read - last));
      }
    }
    return least == Long.MAX_VALUE ? passed : least;
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
