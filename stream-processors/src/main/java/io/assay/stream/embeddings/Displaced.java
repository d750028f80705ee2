package io.assay.stream.embeddings;

/**
 * An item of two releases, and how far it moved.
 *
 * @param displacement 1 - cosine after the best rotation; NaN where it has no direction in one
 * @param inBase no numbers where a task of before told of it
 * @param inRelease so too
 */
record Displaced(String item, double displacement, Vector inBase, Vector inRelease) {
  Displaced by(double measured) {
    return new Displaced(item, measured, inBase, inRelease);
  }

  boolean hasVectors() {
    return inBase.dimensions() > 0 && inRelease.dimensions() > 0;
  }
}
