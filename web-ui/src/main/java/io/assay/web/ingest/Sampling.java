package io.assay.web.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/**
 * Keeps a share of a stream's events: always the same ones, whichever instance sees them and how
 * often. What is decided by the same text, such as a request and its response, stays together.
 */
final class Sampling {
  private static final double ALL = 0x1p53;

  private final Map<String, Double> shares;

  /** {@code shares}: by stream; all where none is said. */
  Sampling(Map<String, Double> shares) {
    this.shares = Map.copyOf(shares);
  }

  boolean keeps(String stream, String by) {
    Double share = shares.get(stream);
    return share == null || share >= 1 || place(by) < share;
  }

  /** Of a text in [0, 1), evenly over all texts. */
  private static double place(String by) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(by.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(hash).getLong() >>> 11) / ALL;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
