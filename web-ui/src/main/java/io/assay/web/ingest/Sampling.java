package io.assay.web.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a share of a stream's events: always the same ones, whichever instance sees them and how
 * often. What is decided by the same text, such as a request and its response, stays together.
 */
final class Sampling {
  private static final double ALL = 0x1p53;

  private final Map<String, Map<String, Double>> shares;

  /** {@code shares}: by project and stream; all where none is said. */
  Sampling(Map<String, Map<String, Double>> shares) {
    this.shares = Map.copyOf(shares);
  }

  /** Whether anything of a stream may be left out. */
  boolean samples(String project, String stream) {
    return share(project, stream) < 1;
  }

  /** {@code by}: what decides; what has none is kept. */
  boolean keeps(String project, String stream, @Nullable String by) {
    double share = share(project, stream);
    return share >= 1 || by == null || place(by) < share;
  }

  private double share(String project, String stream) {
    return shares.getOrDefault(project, Map.of()).getOrDefault(stream, 1.0);
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
