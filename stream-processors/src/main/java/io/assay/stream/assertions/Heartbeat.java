package io.assay.stream.assertions;

import io.assay.stream.contract.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * {@link TimePassed} on its way through the internal topic: behind all records that came before, to
 * every partition, since a key of any may wait.
 *
 * <p>It stands in that topic between the events, so that whoever reads it again sees time pass at
 * the same places.
 */
final class Heartbeat {
  /** No key of a stream: those are UTF-8. */
  private static final byte[] KEY = key();

  private static final String RECEIVED = Carried.PREFIX + "passed";
  private static final String PARTITION = Carried.PREFIX + "passed-partition";
  private static final String NEWEST = Carried.PREFIX + "passed-newest";

  private Heartbeat() {}

  private static byte[] key() {
    byte[] key = "?assay:time-passed".getBytes(StandardCharsets.UTF_8);
    key[0] = (byte) 0xff;
    return key;
  }

  // Kafka's records take null for an absent value, without saying so in their types.
  @SuppressWarnings("NullAway")
  static Record<byte[], byte[]> record(int sourcePartition, long receivedMillis, long newest) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, RECEIVED, Long.toString(receivedMillis));
    HeaderNames.put(headers, PARTITION, Integer.toString(sourcePartition));
    HeaderNames.put(headers, NEWEST, Long.toString(newest));
    return new Record<>(KEY.clone(), null, Math.max(0, receivedMillis), headers);
  }

  /** Null for all other records. */
  static @Nullable TimePassed read(Record<byte[], byte[]> record, String stream) {
    if (record.value() != null || !Arrays.equals(record.key(), KEY)) {
      return null;
    }
    long received = HeaderNames.number(record.headers(), RECEIVED, -1);
    long partition = HeaderNames.number(record.headers(), PARTITION, -1);
    return received < 0 || partition < 0
        ? null
        : new TimePassed(
            stream,
            (int) partition,
            received * 1_000_000L,
            HeaderNames.number(record.headers(), NEWEST, Long.MIN_VALUE));
  }

  /** A user's record cannot pass for one. */
  static void clear(Headers headers) {
    headers.remove(RECEIVED);
    headers.remove(PARTITION);
    headers.remove(NEWEST);
  }

  /** Heartbeats to all partitions; whatever else by its key, as ever. */
  static StreamPartitioner<byte[], byte[]> partitioner() {
    return (topic, key, value, partitions) ->
        value == null && Arrays.equals(key, KEY)
            ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
            : Optional.<Set<Integer>>empty();
  }
}
