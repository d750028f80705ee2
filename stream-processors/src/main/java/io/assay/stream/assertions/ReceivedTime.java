package io.assay.stream.assertions;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * When a record reached us: the timestamp of its topic, but never later than now.
 *
 * <p>It comes from the record, so that a replay sees the same. A producer whose clock is ahead
 * cannot make its future events look received in the future.
 */
public final class ReceivedTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    long now = System.currentTimeMillis();
    return record.timestamp() < 0 ? now : Math.min(record.timestamp(), now);
  }
}
