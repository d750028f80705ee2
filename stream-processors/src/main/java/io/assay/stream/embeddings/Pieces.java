package io.assay.stream.embeddings;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is larger than a record may be, in pieces. */
final class Pieces {
  /** A record may not be larger than a topic allows. */
  static final int MOST_BYTES = 500 * 1024;

  private Pieces() {}

  /** One at least. */
  static List<byte[]> of(byte[] whole) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(whole.length, from + MOST_BYTES);
      pieces.add(Arrays.copyOfRange(whole, from, to));
      from = to;
    } while (from < whole.length);
    return pieces;
  }

  static byte[] whole(List<byte[]> pieces) {
    var whole = new ByteArrayOutputStream();
    pieces.forEach(whole::writeBytes);
    return whole.toByteArray();
  }
}
