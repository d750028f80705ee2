package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.StreamItem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code map<field, …>} may have as keys. Attributions speak of the model's inputs: the
 * stream's own {@code features}, else those of all streams, else the stream's other fields.
 */
final class FeatureNames {
  private FeatureNames() {}

  /** {@code others}: those of all streams. */
  static List<String> of(StreamDecl stream, List<String> others) {
    List<String> own = features(Stream.of(stream));
    if (!own.isEmpty()) {
      return own;
    }
    return others.isEmpty()
        ? stream.items().stream()
            .filter(StreamItem.Field.class::isInstance)
            .map(item -> ((StreamItem.Field) item).field().name().text())
            .distinct()
            .toList()
        : others;
  }

  static List<String> ofAll(List<StreamDecl> streams) {
    return features(streams.stream());
  }

  private static List<String> features(Stream<StreamDecl> streams) {
    return streams
        .flatMap(stream -> stream.items().stream())
        .filter(StreamItem.Features.class::isInstance)
        .flatMap(item -> ((StreamItem.Features) item).fields().stream())
        .map(FieldDecl::name)
        .map(Name::text)
        .distinct()
        .toList();
  }
}
