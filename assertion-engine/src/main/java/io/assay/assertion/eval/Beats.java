package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one lane that tell how silent it was: those that others follow within the time that
 * rules allow, and that themselves follow others so, say nothing more and are left out.
 *
 * <p>Between two that are told, one after the other, there was either no event or less than that
 * time. So what several lanes tell, put together, has just the silences of all their events.
 */
public final class Beats {
  private final long most;
  private long told = Long.MIN_VALUE;
  private @Nullable Event last;

  /** {@code most}: the shortest silence that is none yet, nanoseconds. */
  Beats(long most) {
    this.most = most;
  }

  /**
   * Adds an event.
   *
   * @param followed is given the one that is left out, if one is
   * @return those to be told, in order of time
   */
  public List<Event> add(Event event, Consumer<Event> followed) {
    Event before = last;
    if (before == null) {
      if (event.at() < told) {
        return List.of(event);
      }
      last = event;
      return List.of();
    }
    boolean isClose = told != Long.MIN_VALUE && Math.max(event.at(), before.at()) - told <= most;
    if (event.at() >= before.at()) {
      last = event;
      if (isClose) {
        followed.accept(before);
        return List.of();
      }
      told = before.at();
      return List.of(before);
    }
    if (isClose && event.at() >= told) {
      followed.accept(event);
      return List.of();
    }
    return List.of(event);
  }

  /** Tells the newest event, although it is not known what follows; empty where it is told. */
  public Optional<Event> tell() {
    Optional<Event> newest = Optional.ofNullable(last);
    newest.ifPresent(event -> told = event.at());
    last = null;
    return newest;
  }

  /** Event time of the newest that was told. */
  public long told() {
    return told;
  }

  /** Goes on behind an event that was told. */
  public void toldUntil(long at) {
    told = Math.max(told, at);
  }
}
