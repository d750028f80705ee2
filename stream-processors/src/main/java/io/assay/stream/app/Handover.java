package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that were judged apart are joined: their new group begins where the old ones stopped.
 *
 * <p>What those remembered of their keys stays behind: it lies in other topics, spread by other
 * partitions. So it begins anew, and that is announced.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private Handover() {}

  static void to(JudgedStreams joined, ProcessorSettings settings, Admin admin)
      throws InterruptedException, ExecutionException {
    if (joined.streams().size() < 2 || !offsets(admin, joined.applicationId()).isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
    for (StreamType stream : joined.streams()) {
      offsets(admin, settings.applicationId(List.of(stream)))
          .forEach(
              (partition, offset) -> {
                if (offset != null && partition.topic().equals(stream.topic())) {
                  reached.put(partition, new OffsetAndMetadata(offset.offset()));
                }
              });
    }
    if (!reached.isEmpty()) {
      admin.alterConsumerGroupOffsets(joined.applicationId(), reached).all().get();
      LOG.warn(
          "streams {} are joined and judged together from now on, by the group {}: it begins where"
              + " they stopped, with nothing remembered of their keys",
          joined.streams().stream().map(StreamType::name).toList(),
          joined.applicationId());
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }
}
