package io.assay.stream.archive;

/**
 * Some lines of a segment, compressed together, and what is known of them without reading.
 *
 * @param position of its first byte in the segment
 * @param length compressed
 * @param size of its lines
 * @param fromAt the earliest event time, nanoseconds since the epoch
 * @param toAt the latest
 * @param unreadable records without a key or time, which {@code keys} and the times do not know
 */
record Block(
    long position,
    int length,
    int size,
    long records,
    long unreadable,
    long fromAt,
    long toAt,
    KeySet keys) {

  boolean mayHold(Selection wanted) {
    return unreadable > 0
        || (toAt >= wanted.from()
            && fromAt < wanted.to()
            && (wanted.keys().isEmpty() || wanted.keys().stream().anyMatch(keys::mayHold)));
  }
}
