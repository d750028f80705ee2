package io.assay.stream.imputation;

import io.assay.assertion.event.Imputed;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.stream.contract.GroupHash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A stream whose gaps the rules want filled.
 *
 * @param imputed which fields of it
 * @param every how often a new version is trained
 * @param lastEvents on how many
 */
public record ImputedStream(StreamType type, Imputed imputed, Duration every, long lastEvents) {

  /** All of the rules. */
  public static List<ImputedStream> of(CheckedRules rules) {
    return rules.declared().streams().stream().flatMap(one -> of(one).stream()).toList();
  }

  /** A stream of the rules by its name; empty where nothing of it is imputed. */
  public static Optional<ImputedStream> of(CheckedRules rules, String stream) {
    return of(rules).stream().filter(one -> one.name().equals(stream)).findFirst();
  }

  private static Optional<ImputedStream> of(DeclaredStream stream) {
    return stream.imputation().flatMap(imputation -> of(stream.type(), imputation));
  }

  private static Optional<ImputedStream> of(StreamType type, DeclaredStream.Imputation imputation) {
    return type.imputed()
        .map(
            imputed ->
                new ImputedStream(
                    type,
                    imputed,
                    Duration.ofNanos(imputation.everyNanos()),
                    imputation.lastEvents()));
  }

  /** The field that is a group of fields. */
  public StructType.Field group() {
    return imputed.group();
  }

  /** Of the group. */
  public StructType fields() {
    return imputed.fields();
  }

  /** Of the stream. */
  public String name() {
    return type.name();
  }

  /** The values of the group in an event; empty where it has none, which is no gap. */
  public Optional<Row> values(Row root) {
    return Optional.ofNullable(imputed.group(root));
  }

  /** What tells its group from another. */
  public String groupHash() {
    return GroupHash.of(fields());
  }
}
