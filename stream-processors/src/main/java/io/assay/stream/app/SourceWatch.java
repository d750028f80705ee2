package io.assay.stream.app;

import io.assay.stream.assertions.WatchedSources;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When the topics of connected streams were looked at last, and what they were. One thread looks;
 * those that judge ask, and wait for a look where they must.
 */
final class SourceWatch implements WatchedSources {
  /** A broker may hear of a new partition a little later than another that takes records for it. */
  private static final long MARGIN_NANOS = Duration.ofMillis(200).toNanos();

  /** Who produces to a new partition has asked for it, connected and sent; that takes as long. */
  private static final long RECENT_NANOS = Duration.ofMillis(50).toNanos();

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore wanted;
  private final UnreadRecords unread;
  private @Nullable TopicLayout layout;
  private @Nullable String changed;
  private long lookedAt = Long.MIN_VALUE;

  /**
   * @param wanted released when a look is wanted before the next is due
   * @param unread of what this instance reads
   */
  SourceWatch(Semaphore wanted, UnreadRecords unread) {
    this.wanted = wanted;
    this.unread = unread;
  }

  static long now() {
    Instant now = Instant.now();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }

  /** {@code at}: when the broker was asked. */
  synchronized void seen(TopicLayout now, long at) {
    layout = now;
    lookedAt = at;
    changed = null;
    notifyAll();
  }

  /** The topics are other than those that are judged by: whoever waits stops. */
  synchronized void changed(String what) {
    changed = what;
    notifyAll();
  }

  @Override
  public synchronized long sameUntil(String stream) {
    return lookedAt == Long.MIN_VALUE ? Long.MIN_VALUE : lookedAt - MARGIN_NANOS;
  }

  @Override
  public synchronized int sources(String stream) {
    return layout == null ? 0 : layout.sources(stream);
  }

  @Override
  public boolean isAllRead(String topic, int partition) {
    return unread.isAllRead(topic, partition);
  }

  @Override
  public LongConsumer taking(String topic, int partition) {
    return unread.taking(topic, partition);
  }

  @Override
  public synchronized void lookAgain(String stream) {
    long recent = now() - RECENT_NANOS;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (changed == null && lookedAt < recent && System.nanoTime() - end < 0) {
      wanted.release();
      try {
        wait(100);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new SourcesChanged("interrupted while the topic of " + stream + " was looked at");
      }
    }
    if (changed != null) {
      throw new SourcesChanged(changed);
    }
    if (lookedAt < recent) {
      throw new SourcesChanged(
          "the partitions of stream '%s' could not be asked for within %s"
              .formatted(stream, PATIENCE));
    }
  }
}
