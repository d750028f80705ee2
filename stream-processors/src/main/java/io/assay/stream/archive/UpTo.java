package io.assay.stream.archive;

import java.util.Map;

/**
 * Where to end in the archive, for who reads the rest from the topic itself.
 *
 * @param topicId of the topic; all is wanted of former ones of its name
 * @param offsets by partition, the first that is not wanted; of others all are
 */
public record UpTo(String topicId, Map<Integer, Long> offsets) {
  static final UpTo THE_END = new UpTo("", Map.of());

  public UpTo {
    offsets = Map.copyOf(offsets);
  }

  long of(SegmentName name) {
    return name.topicId().equals(topicId)
        ? offsets.getOrDefault(name.partition(), Long.MAX_VALUE)
        : Long.MAX_VALUE;
  }
}
