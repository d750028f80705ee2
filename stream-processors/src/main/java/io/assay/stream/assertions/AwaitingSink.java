package io.assay.stream.assertions;

import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.HeaderNames;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;

/** The way to where predictions and truths meet: an id's to one task, what was read to all. */
final class AwaitingSink {
  /** No key of an id: those are UTF-8. */
  private static final byte[] TO_ALL = {(byte) 0xff};

  private AwaitingSink() {}

  static Record<byte[], byte[]> record(AwaitingRecord awaiting, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, awaiting.project());
    HeaderNames.put(headers, HeaderNames.STREAM, awaiting.stream());
    byte[] key =
        switch (awaiting) {
          case AwaitingRecord.Came came -> came.key();
          case AwaitingRecord.Read ignored -> TO_ALL.clone();
        };
    return new Record<>(key, awaiting.bytes(), Math.max(0, timestamp), headers);
  }

  static Topology add(Topology topology, String name, String topic, String parent) {
    var bytes = new ByteArraySerializer();
    return topology.<byte[], byte[]>addSink(name, topic, bytes, bytes, partitioner(), parent);
  }

  private static StreamPartitioner<byte[], byte[]> partitioner() {
    return (topic, key, value, partitions) ->
        Arrays.equals(key, TO_ALL)
            ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
            : Optional.<Set<Integer>>empty();
  }
}
