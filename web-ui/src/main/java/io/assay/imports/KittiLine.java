package io.assay.imports;

/** A line of a detection file: a box, or what keeps it from being one. */
sealed interface KittiLine {
  record Read(KittiBox box) implements KittiLine {}

  record Broken(String message) implements KittiLine {}
}
