package io.assay.stability.file;

/** What stands in a file is no embedding; the message says where and why. */
public final class BadEmbeddingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadEmbeddingException(String message) {
    super(message);
  }
}
