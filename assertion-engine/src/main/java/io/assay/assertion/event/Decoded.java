package io.assay.assertion.event;

/** What became of a payload. */
public sealed interface Decoded {
  /** It can be judged, whatever its values are. */
  @SuppressWarnings("AvoidCommonTypeNames") // nothing here reads character streams
  record Readable(Event event) implements Decoded {}

  /**
   * It cannot be read at all: a dead letter.
   *
   * @param cause {@code broken-json}, {@code no-key} or {@code no-time}
   * @param detail what was needed, what came, where
   */
  record Unreadable(String cause, String detail) implements Decoded {}
}
