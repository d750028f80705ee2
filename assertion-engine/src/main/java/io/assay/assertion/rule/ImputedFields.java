package io.assay.assertion.rule;

import io.assay.assertion.event.Imputed;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Draft;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.StreamItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What was filled into a stream's gaps is a field like others, by which rules ask for it. */
final class ImputedFields {
  private final String stream;
  private final Optional<StreamItem.Impute> clause;
  private final Consumer<Issue> issues;

  ImputedFields(StreamDecl declaration, Consumer<Issue> issues) {
    this.stream = declaration.name().text();
    this.clause =
        declaration.items().stream()
            .filter(StreamItem.Impute.class::isInstance)
            .map(StreamItem.Impute.class::cast)
            .findFirst();
    this.issues = issues;
  }

  /**
   * Adds the field to those of the stream.
   *
   * @return the group whose gaps are filled; empty where none is, or where it cannot be
   */
  Optional<String> addTo(Map<String, Draft> fields) {
    Optional<Draft> group =
        clause.flatMap(item -> Optional.ofNullable(fields.get(item.group().text())));
    if (group.isEmpty() || !(group.get().type() instanceof StructType type)) {
      return Optional.empty();
    }
    if (fields.containsKey(Imputed.NAME)) {
      issues.accept(
          new Issue(
              IssueCode.DUPLICATE,
              clause.orElseThrow().span(),
              "what 'impute' fills in is called '%s', and %s has a field of that name"
                  .formatted(Imputed.NAME, stream),
              Optional.of("call the field something else: NAME TYPE from " + Imputed.NAME)));
      return Optional.empty();
    }
    fields.put(Imputed.NAME, provenance(type));
    return group.map(Draft::name);
  }

  private Draft provenance(StructType group) {
    String name = stream + "." + Imputed.NAME;
    List<Draft> said = new ArrayList<>();
    for (StructType.Field field : group.fields()) {
      if (Imputed.canFill(field.type())) {
        said.add(
            record(field.name(), StructType.of(name + "." + field.name(), Imputed.parts(field))));
      }
    }
    return record(Imputed.NAME, StructType.of(name, said));
  }

  private static Draft record(String name, StructType type) {
    return new Draft(name, type, true, false, new Source(List.of(name), Reading.PLAIN));
  }
}
