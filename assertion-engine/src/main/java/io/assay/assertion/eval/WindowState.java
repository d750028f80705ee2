package io.assay.assertion.eval;

import java.util.List;

/**
 * What is known of the open windows of an assertion, of all partitions together. Made, stored and
 * restored by {@link WindowJudge}; changed by one thread at a time.
 */
public final class WindowState {
  /** How far each partition has come. */
  final Lanes partitions = new Lanes();

  final List<Panes> groups;
  final WindowEpisodes episodes = new WindowEpisodes();

  /** Windows that end up to here are judged. */
  long closed = Long.MIN_VALUE;

  /** When the first event of all was; before it, the largest time there is. */
  long began = Long.MAX_VALUE;

  /** Up to here, this instant included, there may have been events that no part has counted. */
  long uncounted = Long.MIN_VALUE;

  /** Of windows that end up to here it was told what is estimated; not stored. */
  long estimated = Long.MIN_VALUE;

  /** Events before this were not looked at, though there may be some; not stored. */
  private final long from;

  /** It failed in itself and judges no more. */
  boolean failed;

  WindowState(List<Panes> groups, long from) {
    this.groups = List.copyOf(groups);
    this.from = from;
  }

  /** A part tells when its events began; and, where the assertion is new, before which none was. */
  void begin(WindowPart part, long lateness) {
    began = Math.min(began, part.began);
    if (part.midway().isPresent() && part.began != Long.MAX_VALUE) {
      uncounted = Math.max(uncounted, part.midway.until(part.began, lateness));
    }
  }

  /** Nothing is judged from here on, so nothing needs to be known. */
  void fail() {
    failed = true;
    groups.forEach(Panes::clear);
  }

  /** A window as it may be judged: not as whole, where it might have events before all of these. */
  Panes.Closed seen(Panes.Closed window, WindowRule.Group group) {
    if (group.beginsBefore(window, from)) {
      return window.cut("the window begins before the range that is judged");
    }
    return uncounted != Long.MIN_VALUE && group.beginsBefore(window, uncounted + 1)
        ? window.cut("the window began before the assertion did, which saw only part of it")
        : window;
  }

  /** Up to which event time windows are judged; the least there is before the first. */
  public long closed() {
    return closed;
  }
}
