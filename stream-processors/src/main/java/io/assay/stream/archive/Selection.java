package io.assay.stream.archive;

import java.util.Set;

/**
 * Which events are wanted of the archive.
 *
 * @param from event time, nanoseconds since the epoch
 * @param to before this
 * @param keys all where it is empty
 */
public record Selection(long from, long to, Set<String> keys) {
  public static final Selection ALL = new Selection(Long.MIN_VALUE, Long.MAX_VALUE, Set.of());

  public Selection {
    keys = Set.copyOf(keys);
  }
}
