package io.assay.stability.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Reads an embedding by what the file begins with, not by its name. */
public final class EmbeddingFile {
  private EmbeddingFile() {}

  /**
   * @throws BadEmbeddingException where it is none
   */
  public static NamedEmbedding read(InputStream file) throws IOException {
    InputStream in = new BufferedInputStream(file, 1 << 16);
    if (begins(in, 0x1f, 0x8b)) {
      in = new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
    }
    try {
      return begins(in, 0x93, 'N') ? NumpyFile.named(in) : VectorText.read(in);
    } catch (IllegalArgumentException e) {
      throw new BadEmbeddingException(String.valueOf(e.getMessage()));
    }
  }

  private static boolean begins(InputStream in, int first, int second) throws IOException {
    in.mark(2);
    boolean begins = in.read() == first && in.read() == second;
    in.reset();
    return begins;
  }
}
