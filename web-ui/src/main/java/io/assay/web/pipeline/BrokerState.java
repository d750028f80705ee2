package io.assay.web.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker knows of groups that read.
 *
 * @param groups by name
 * @param ends the offset of the next record of each partition that a group has read of
 * @param refused what the broker would not tell, and why; empty where it told all
 */
record BrokerState(
    Map<String, Group> groups, Map<TopicPartition, Long> ends, List<String> refused) {
  /**
   * One group.
   *
   * @param state as Kafka calls it, as in {@code Stable}
   * @param committed up to where it has read
   */
  record Group(String state, Map<TopicPartition, Long> committed, List<Member> members) {}

  /**
   * One who reads.
   *
   * @param client as it calls itself
   * @param host where from
   */
  record Member(String client, String host, List<TopicPartition> assigned) {}

  BrokerState {
    groups = Map.copyOf(groups);
    ends = Map.copyOf(ends);
    refused = List.copyOf(refused);
  }

  /** Records of a partition that a reader has not come to yet; empty where the end is not known. */
  Optional<Long> lag(TopicPartition partition, long next) {
    return Optional.ofNullable(ends.get(partition)).map(end -> Math.max(0, end - next));
  }
}
