package io.assay.stream.assertions;

import java.util.function.LongConsumer;

/**
 * What is known of the topics that events are read from while they are judged. Partitions may be
 * added at any time, and nobody who reads the others is told.
 */
public interface WatchedSources {
  /** Topics that stay as they are. */
  WatchedSources STEADY =
      new WatchedSources() {
        @Override
        public long sameUntil(String stream) {
          return Long.MAX_VALUE;
        }

        @Override
        public int sources(String stream) {
          return 0;
        }

        @Override
        public void lookAgain(String stream) {}

        @Override
        public boolean isAllRead(String topic, int partition) {
          return true;
        }

        @Override
        public LongConsumer taking(String topic, int partition) {
          return offset -> {};
        }
      };

  /**
   * Up to when, by the clock, a stream's topic is known to have no other partitions than are
   * reckoned with; nanoseconds since the epoch.
   */
  long sameUntil(String stream);

  /** From how many sources the stream's events come, as known by then. */
  int sources(String stream);

  /**
   * Returns once the topic has been looked at: at once where that was a moment ago.
   *
   * @throws SourcesChanged if it has other partitions now
   */
  void lookAgain(String stream);

  /**
   * Whether this instance had fetched all that a topic's partition had, when it asked for more
   * last, and all of that has been {@link #taking taken}; false where that is not known.
   */
  boolean isAllRead(String topic, int partition);

  /**
   * For whoever is handed the records of a partition: takes the offset of each, in their order.
   * Records are fetched in batches and wait for their turn.
   */
  LongConsumer taking(String topic, int partition);

  /** A topic has other partitions than those that its keys are remembered by. */
  final class SourcesChanged extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SourcesChanged(String message) {
      super(message);
    }
  }
}
