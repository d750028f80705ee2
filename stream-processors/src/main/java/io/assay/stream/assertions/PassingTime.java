package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupState;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.TickRecord;
import java.util.List;

/** Judges what it says of keys that nothing has come of them. */
final class PassingTime {
  /** Keys looked at before events are judged again; the others follow with the next heartbeat. */
  private static final int MOST_WOKEN = 5_000;

  /**
   * A key that may be over but for what another stream still holds is not looked at all the time.
   */
  private static final long BETWEEN_LOOKS = 60_000_000_000L;

  private final JudgeTask.Assignment here;

  PassingTime(JudgeTask.Assignment here) {
    this.here = here;
  }

  void pass(JudgeTask now, TimePassed passed) {
    now.reach(passed);
    long received = readUntil(passed.stream());
    if (received == Long.MIN_VALUE) {
      return;
    }
    now.judge().streams().stream()
        .filter(stream -> stream.name().equals(passed.stream()))
        .forEach(
            stream -> look(now, stream, now.wakes().take(stream, received, MOST_WOKEN), received));
  }

  private void look(JudgeTask now, StreamType stream, List<Wakes.Woken> woken, long received) {
    if (!woken.isEmpty()) {
      now.endPage();
      woken.forEach(one -> look(now, stream, one, received));
      here.counts().store();
    }
  }

  /** At a key of which nothing may have come. */
  private void look(JudgeTask now, StreamType stream, Wakes.Woken woken, long received) {
    now.gathered().clear(stream.name());
    GroupState state = now.keys().of(woken.key());
    if (state.wake(stream).orElse(-1) != woken.time()) {
      return; // of a state that began anew
    }
    List<Long> ticks;
    boolean over;
    try {
      ticks = now.wakes().pass(state, stream, received, now.gathered());
      over = now.wakes().isOver(state, readEverywhere(now));
      if (over) {
        now.judge().end(state, now.gathered());
      } else {
        now.wakes().set(state, received + BETWEEN_LOOKS);
      }
    } catch (RuntimeException failure) {
      now.keys().forget(woken.key());
      here.of(stream.name()).failed("time could not pass for key '" + woken.key() + "'", failure);
      return;
    }
    if (over) {
      now.keys().delete(woken.key());
    } else {
      now.keys().write(woken.key());
    }
    tell(now, stream, woken.key(), ticks, received);
  }

  private void tell(JudgeTask now, StreamType stream, String key, List<Long> ticks, long received) {
    now.tell(received);
    long millis = Math.floorDiv(received, 1_000_000L);
    for (long at : ticks) {
      here.of(stream.name()).tickedOne();
      var tick = new TickRecord(here.settings().project(), stream.name(), key, at, received);
      now.outgoing().tick(tick, millis);
    }
  }

  /**
   * Up to when a stream has been read. What has come since the topic was looked at may stand in a
   * partition that nobody reads yet.
   */
  long readUntil(String stream) {
    return Math.min(here.arrivals().of(stream), here.settings().watched().sameUntil(stream));
  }

  /** Up to when, by the clock of arrivals, all streams have been read. */
  private long readEverywhere(JudgeTask now) {
    return now.judge().streams().stream()
        .mapToLong(stream -> readUntil(stream.name()))
        .min()
        .orElse(Long.MIN_VALUE);
  }
}
