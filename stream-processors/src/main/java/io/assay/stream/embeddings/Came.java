package io.assay.stream.embeddings;

/** What a record of the source says. */
sealed interface Came {
  /** An item's vector in a release; {@code atMillis}: what the record says of its time. */
  record OfItem(String item, String release, Vector vector, long atMillis) implements Came {}

  /** A release is complete, as far as this source goes. */
  record Marker(String release) implements Came {}

  /** Neither: a dead letter. */
  record Unreadable(String cause, String detail) implements Came {}
}
