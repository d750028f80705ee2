package io.assay.web.pipeline;

import java.util.List;
import java.util.OptionalLong;

/**
 * How far one group is with one topic.
 *
 * @param group as the broker knows it
 * @param of of which streams or embeddings; empty for all of a project
 * @param state of the group, as Kafka calls it
 * @param partitions in order
 */
record Lag(
    String group,
    GroupNames.Work work,
    String of,
    String state,
    String topic,
    List<Partition> partitions) {
  /**
   * One partition.
   *
   * @param next the offset that is read next; -1 where nothing was read yet
   * @param end the offset of the next record that comes; -1 where the broker does not tell
   * @param member who reads it; empty where nobody does
   */
  record Partition(int partition, long next, long end, String member) {
    OptionalLong lag() {
      return end < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, end - Math.max(0, next)));
    }

    public String shown() {
      return lag().isPresent() ? "%,d".formatted(lag().getAsLong()) : "?";
    }

    public boolean behind() {
      return lag().orElse(0) > MUCH;
    }
  }

  /** Some are always under way. */
  static final long MUCH = 1000;

  Lag {
    partitions = List.copyOf(partitions);
  }

  public long sum() {
    return partitions.stream().mapToLong(one -> one.lag().orElse(0)).sum();
  }

  public boolean behind() {
    return sum() > MUCH;
  }

  /** Partitions that nobody reads. */
  public long unread() {
    return partitions.stream().filter(one -> one.member().isEmpty()).count();
  }
}
