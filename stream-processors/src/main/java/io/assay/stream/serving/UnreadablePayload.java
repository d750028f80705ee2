package io.assay.stream.serving;

/** A body is not what its format says; seen by nobody outside, where it is a value. */
final class UnreadablePayload extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadablePayload(String message) {
    super(message, null, false, false);
  }
}
