package io.assay.assertion.eval;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * A judged event as its key remembers it.
 *
 * @param sequence counts the judged events of the key since its state began
 * @param ordinal among the events of its key and instant, from 0
 * @param row null once thinned out: then only its id and coordinates are evidence
 */
record Past(
    long sequence,
    String id,
    long at,
    int ordinal,
    Coordinates source,
    @Nullable String version,
    @Nullable Row row) {

  Past withoutRow() {
    return new Past(sequence, id, at, ordinal, source, version, null);
  }

  /** The instant, told apart from others of the same: what a life's start is called in ids. */
  String instant() {
    return ordinal == 0 ? Long.toString(at) : at + "." + ordinal;
  }
}
