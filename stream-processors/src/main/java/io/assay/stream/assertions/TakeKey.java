package io.assay.stream.assertions;

import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record the stream's own key, whatever it was sent with, and notes where it came from.
 *
 * <p>A record without a readable key goes on under the one it has; it is put aside where all that
 * cannot be read is put aside.
 */
final class TakeKey extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  private static final byte[] NO_KEY = new byte[0];
  private static final Coordinates NOWHERE = new Coordinates("", 0, 0);

  /** How often it is looked whether it is time to tell how far the source is read. */
  private static final Duration LOOK_EVERY = JudgeSettings.heartbeats(true);

  private final LiveRules rules;
  private final Function<LiveRules.Generation, Keys> keys;
  private final WatchedSources watched;
  private final String topic;
  private final Progress progress = new Progress();

  /** Event time of the newest event, those from the future left out. */
  private long newest = Long.MIN_VALUE;

  private LiveRules.Generation generation;
  private Keys current;
  private LongConsumer taking = offset -> {};
  private long toldMillis;

  /**
   * What rules say of keys.
   *
   * @param keyOnly reads keys
   * @param heartbeats how often it is told how far the source is read
   */
  record Keys(EventDecoder keyOnly, Duration heartbeats) {}

  /**
   * @param keys what rules say of the keys of this stream
   * @param watched tells whether a partition has nothing more to be read
   * @param topic that is read
   */
  TakeKey(
      LiveRules rules,
      Function<LiveRules.Generation, Keys> keys,
      WatchedSources watched,
      String topic) {
    this.watched = watched;
    this.topic = topic;
    this.rules = rules;
    this.keys = keys;
    this.generation = rules.newest();
    this.current = keys.apply(generation);
  }

  /** Nothing is judged here: it goes by the newest rules. */
  private Keys current() {
    LiveRules.Generation now = rules.newest();
    if (!now.is(generation)) {
      generation = now;
      current = keys.apply(now);
    }
    return current;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    taking = watched.taking(topic, context.taskId().partition());
    toldMillis = context.currentSystemTimeMs();
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::tellTime);
  }

  private void tellTime(long wallClockMillis) {
    if (wallClockMillis - toldMillis < current().heartbeats().toMillis()) {
      return;
    }
    toldMillis = wallClockMillis;
    int partition = context().taskId().partition();
    long received = progress.look(wallClockMillis, watched.isAllRead(topic, partition));
    if (received >= 0) {
      context().forward(Heartbeat.record(partition, received, newest));
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    taking.accept(from.offset());
    var headers = new RecordHeaders(record.headers());
    Heartbeat.clear(headers);
    Carried.load(headers, from, record.key());
    progress.read(record.timestamp());
    context().forward(record.withKey(key(record)).withHeaders(headers));
  }

  private byte[] key(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    // A null value is carried as it is: dead-lettered behind, under its own key.
    Decoded decoded =
        current()
            .keyOnly()
            .decode(
                value == null ? NO_KEY : value,
                null,
                NOWHERE,
                Math.multiplyExact(record.timestamp(), 1_000_000L));
    return switch (decoded) {
      case Decoded.Readable(var event) -> {
        newest = StreamJudge.isFromTheFuture(event) ? newest : Math.max(newest, event.at());
        yield event.key().getBytes(StandardCharsets.UTF_8);
      }
      case Decoded.Unreadable ignored -> record.key() == null ? NO_KEY : record.key();
    };
  }
}
