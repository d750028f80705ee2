package io.assay.assertion.eval;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * A judged event as its key remembers it.
 *
 * @param sequence counts the judged events of the key since its state began
 * @param names calls it where it declares no id; few events are ever called, and a hash takes time
 * @param ordinal among the events of its key and instant, from 0
 * @param row null once thinned out: then only its id and coordinates are evidence
 */
record Past(
    long sequence,
    @Nullable String declaredId,
    EventNames names,
    long at,
    int ordinal,
    Coordinates source,
    @Nullable String version,
    @Nullable Row row) {

  String id() {
    return declaredId != null ? declaredId : names.name(at, ordinal);
  }

  Past withoutRow() {
    return new Past(sequence, declaredId, names, at, ordinal, source, version, null);
  }
}
