package io.assay.web.backtests;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.scenario.Payload;
import io.assay.assertion.scenario.Payloads;
import io.assay.stream.archive.ArchivedEvents;
import org.jspecify.annotations.Nullable;

/**
 * A stream's records in the order in which they were received: of the archive what its topic has no
 * more, and the rest of the topic.
 */
final class PastPayloads implements Payloads, AutoCloseable {
  /** About what a record takes in the archive; only the bar depends on it. */
  private static final double BYTES_A_RECORD = 60;

  private final @Nullable ArchivedEvents archive;
  private final @Nullable TopicPayloads topic;
  private final Runnable alive;
  private long fromArchive;
  private long fromTopic;

  PastPayloads(@Nullable ArchivedEvents archive, @Nullable TopicPayloads topic, Runnable alive) {
    this.archive = archive;
    this.topic = topic;
    this.alive = alive;
  }

  @Override
  public @Nullable Payload next() {
    alive.run();
    if (archive != null
        && !archive.isOver()
        && (topic == null || archive.received() <= topic.received())) {
      fromArchive++;
      return archive.next();
    }
    @Nullable Payload next = topic == null ? null : topic.next();
    fromTopic += next == null ? 0 : 1;
    return next;
  }

  @Override
  public String place(Coordinates source) {
    return source.topic() + '-' + source.partition() + '@' + source.offset();
  }

  long fromArchive() {
    return fromArchive;
  }

  long fromTopic() {
    return fromTopic;
  }

  /** About how many records there are to read. */
  double wanted() {
    return (archive == null ? 0 : archive.bytes() / BYTES_A_RECORD)
        + (topic == null ? 0 : topic.wanted());
  }

  /** Of those wanted, how many have been passed. */
  double done() {
    return (archive == null ? 0 : archive.read() / BYTES_A_RECORD)
        + (topic == null ? 0 : topic.read());
  }

  @Override
  public void close() {
    if (topic != null) {
      topic.close();
    }
  }
}
