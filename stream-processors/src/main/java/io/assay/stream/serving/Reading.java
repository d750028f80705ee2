package io.assay.stream.serving;

/** What a serving stack's record is. */
public sealed interface Reading {

  /**
   * Half of a prediction, which waits for the other.
   *
   * @param from the record that says so: the one that was read, or of a batch one of structured
   *     mode
   */
  record Half(Inference inference, ServedRecord from) implements Reading {}

  /** An event by itself. */
  final class Whole implements Reading {
    private final byte[] json;

    Whole(byte[] json) {
      this.json = json;
    }

    /** Not copied: it goes on as it is. */
    public byte[] json() {
      return json;
    }
  }

  /** Nothing of this stream: another model's, or no inference. */
  record NotOurs() implements Reading {}

  /**
   * Bytes that are not what their format says.
   *
   * @param cause as dead letters name it
   * @param detail for people
   */
  record Unreadable(String cause, String detail) implements Reading {}
}
