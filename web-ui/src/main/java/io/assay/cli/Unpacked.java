package io.assay.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** What is in a file that may be gzipped. */
final class Unpacked {
  private static final int BUFFER = 1 << 16;

  private Unpacked() {}

  /** Tells gzip by its first two bytes, so that standard input may be packed too. */
  static InputStream of(InputStream bytes) throws IOException {
    var ahead = new BufferedInputStream(bytes, BUFFER);
    ahead.mark(2);
    boolean packed = ahead.read() == 0x1f && ahead.read() == 0x8b;
    ahead.reset();
    return packed ? new GZIPInputStream(ahead, BUFFER) : ahead;
  }
}
