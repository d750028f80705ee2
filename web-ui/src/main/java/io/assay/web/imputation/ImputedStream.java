package io.assay.web.imputation;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import java.util.List;
import java.util.Optional;

/**
 * A stream whose gaps the rules want filled.
 *
 * @param name of the group of fields
 */
record ImputedStream(StreamType type, String name, StructType group) {
  String stream() {
    return type.name();
  }

  /** All of them. */
  static List<ImputedStream> of(CheckedRules rules) {
    return rules.declared().streams().stream().flatMap(one -> of(one).stream()).toList();
  }

  static Optional<ImputedStream> of(CheckedRules rules, String stream) {
    return of(rules).stream().filter(one -> one.stream().equals(stream)).findFirst();
  }

  private static Optional<ImputedStream> of(DeclaredStream stream) {
    return stream
        .imputation()
        .flatMap(
            imputation ->
                stream
                    .type()
                    .root()
                    .field(imputation.group())
                    .filter(field -> field.type() instanceof StructType)
                    .map(
                        field ->
                            new ImputedStream(
                                stream.type(), field.name(), (StructType) field.type())));
  }
}
