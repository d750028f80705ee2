package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.DeclaredStream.Imputation;
import io.assay.assertion.rule.ir.DeclaredStream.Truth;
import io.assay.assertion.rule.ir.Serving;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream as the checker knows it; of a damaged one not all fields are known.
 *
 * @param tolerances by field, as in {@code camera.boxes.score}
 * @param calibrations the numbers of each, by name
 */
record CheckedStream(
    StreamType type,
    boolean damaged,
    Map<String, Double> tolerances,
    Map<String, Term.Constant> calibrations,
    List<Truth> truths,
    Optional<Imputation> imputation,
    Optional<Serving> serving) {
  CheckedStream {
    tolerances = Map.copyOf(tolerances);
    calibrations = Map.copyOf(calibrations);
    truths = List.copyOf(truths);
  }
}
