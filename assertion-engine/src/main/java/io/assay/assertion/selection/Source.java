package io.assay.assertion.selection;

import java.util.Optional;

/** One way of choosing the next. */
interface Source {
  /** Draws of a slice; empty where nothing is left of it to this source. */
  Optional<Draw> next(int slice);
}
