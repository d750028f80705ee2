package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;

/**
 * The vectors of items, release by release.
 *
 * @param type as a stream: keyed by item, versioned by release; not judged event by event
 * @param item the field that names an item
 * @param version the field that names a release
 * @param vector the field with the vector
 */
public record Embeddings(
    StreamType type, StructType.Field item, StructType.Field version, StructType.Field vector) {
  /** More numbers than this no vector has: what is kept of a pair grows with their square. */
  public static final int MOST_DIMENSIONS = 3072;

  public String name() {
    return type.name();
  }
}
