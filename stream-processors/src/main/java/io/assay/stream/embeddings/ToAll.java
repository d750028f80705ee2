package io.assay.stream.embeddings;

import io.assay.stream.assertions.Carried;
import io.assay.stream.contract.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What concerns all tasks on its way through the internal topic, behind all records that came
 * before it from the same source: a marker, or that the source is read up to now.
 */
final class ToAll {
  /** No item: those are UTF-8. */
  private static final byte[] KEY = key();

  private static final String SOURCE = Carried.PREFIX + "of-source";

  private ToAll() {}

  private static byte[] key() {
    byte[] key = "?assay:to-all".getBytes(StandardCharsets.UTF_8);
    key[0] = (byte) 0xff;
    return key;
  }

  /** Whether a record's own key must be another. */
  static boolean isKey(byte @Nullable [] key) {
    return Arrays.equals(KEY, key);
  }

  /** A user's record cannot pass for one. */
  static void clear(Headers headers) {
    headers.remove(SOURCE);
  }

  static Record<byte[], byte[]> marker(Record<byte[], byte[]> record, int source) {
    HeaderNames.put(record.headers(), SOURCE, Integer.toString(source));
    return record.withKey(KEY.clone());
  }

  // Kafka's records take null for an absent value, without saying so in their types.
  @SuppressWarnings("NullAway")
  static Record<byte[], byte[]> alive(int source, long millis) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, SOURCE, Integer.toString(source));
    return new Record<>(KEY.clone(), null, millis, headers);
  }

  /** Of which source it is; empty for all other records. */
  static OptionalInt source(Record<byte[], byte[]> record) {
    long source = HeaderNames.number(record.headers(), SOURCE, -1);
    return isKey(record.key()) && source >= 0
        ? OptionalInt.of(Math.toIntExact(source))
        : OptionalInt.empty();
  }

  /** These to all partitions; whatever else by its key, as ever. */
  static StreamPartitioner<byte[], byte[]> partitioner() {
    return (topic, key, value, partitions) ->
        isKey(key)
            ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
            : Optional.<Set<Integer>>empty();
  }
}
