package io.assay.stream.embeddings;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What tasks are asked for against a base: what is near the items that moved most.
 *
 * @param k how many neighbours
 */
record Sought(int k, List<Displaced> items) {
  /** More is no neighbourhood that anybody reads, and would not fit. */
  private static final int MOST_NEIGHBOURS = 10;

  Sought {
    k = Math.min(k, MOST_NEIGHBOURS);
    items = items.stream().filter(Displaced::hasVectors).toList();
  }

  byte[] bytes() {
    var furthest = new Furthest();
    items.forEach(furthest::offer);
    byte[] all = furthest.bytes();
    return ByteBuffer.allocate(Integer.BYTES + all.length).putInt(k).put(all).array();
  }

  /** What {@link #bytes} wrote. */
  static Sought read(byte[] bytes) {
    var furthest = new Furthest();
    furthest.offer(Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    return new Sought(ByteBuffer.wrap(bytes).getInt(), furthest.all());
  }
}
