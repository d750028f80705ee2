package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Of which stream people's labels are. */
final class LabelledStreams {
  private LabelledStreams() {}

  /** The only stream; of several those with boxes, or all where none has; what is left is open. */
  static List<CheckedStream> among(Collection<CheckedStream> streams) {
    List<CheckedStream> boxed =
        streams.stream().filter(one -> hasBoxes(one.type().root())).toList();
    return boxed.isEmpty() ? List.copyOf(streams) : boxed;
  }

  private static boolean hasBoxes(StructType root) {
    return root.fields().stream()
        .anyMatch(
            field ->
                field.type() instanceof Type.ListOf(StructType element)
                    && element.fields().stream().anyMatch(f -> f.type() == Basic.RECT));
  }

  /** What is declared of the stream holds of its labels: numbers of calibrations, tolerances. */
  static CheckedStream labels(CheckedStream of) {
    String prefix = of.type().name() + ".";
    Map<String, Double> tolerances =
        of.tolerances().entrySet().stream()
            .collect(
                Collectors.toMap(
                    one -> Labels.NAME + "." + one.getKey().substring(prefix.length()),
                    Map.Entry::getValue));
    return new CheckedStream(
        Labels.of(of.type()),
        of.damaged(),
        tolerances,
        of.calibrations(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
