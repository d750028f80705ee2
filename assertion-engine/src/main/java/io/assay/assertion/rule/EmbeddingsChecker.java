package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Declaration.EmbeddingsDecl;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the declaration of embeddings: vectors of items, release by release. */
final class EmbeddingsChecker {
  private static final String VECTOR = "vector";
  private static final String TIME = "$time";

  private final Consumer<Issue> issues;

  EmbeddingsChecker(Consumer<Issue> issues) {
    this.issues = issues;
  }

  /** Empty where it cannot be told what is compared. */
  Optional<Embeddings> check(EmbeddingsDecl declaration) {
    FieldDecl item = declaration.item();
    FieldDecl version = declaration.version();
    Integer dimensions = declaration.dimensions();
    var missing = new ArrayList<String>();
    note(item, "item", missing);
    note(version, "version", missing);
    note(dimensions, VECTOR, missing);
    if (item == null || version == null || dimensions == null) {
      if (!declaration.damaged()) {
        error(
            IssueCode.MISSING_FIELD,
            declaration.name().span(),
            "embeddings '%s' have no %s"
                .formatted(declaration.name().text(), String.join(" and no ", missing)),
            Optional.of("as in: item applicant string, version release string, vector 256"));
      }
      return Optional.empty();
    }
    if (dimensions < 1) {
      error(
          IssueCode.OUT_OF_BOUNDS,
          declaration.name().span(),
          "a vector has one number or more",
          Optional.empty());
      return Optional.empty();
    }
    if (dimensions > Embeddings.MOST_DIMENSIONS) {
      error(
          IssueCode.OUT_OF_BOUNDS,
          declaration.name().span(),
          "a vector has at most %d numbers, got %d"
              .formatted(Embeddings.MOST_DIMENSIONS, dimensions),
          Optional.empty());
      return Optional.empty();
    }
    return Optional.of(embeddings(declaration, item, version, dimensions));
  }

  private Embeddings embeddings(
      EmbeddingsDecl declaration, FieldDecl item, FieldDecl version, int dimensions) {
    StructType root = root(declaration, item, version, dimensions);
    StructType.Field itemField = text(root, item, "an item");
    StructType.Field versionField = text(root, version, "a release");
    String time = declaration.time() == null ? TIME : declaration.time().name().text();
    StreamType type =
        new StreamType(
            declaration.name().text(),
            declaration.topic().value(),
            root,
            itemField,
            root.field(time).orElseThrow(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(versionField),
            0);
    return new Embeddings(type, itemField, versionField, root.field(VECTOR).orElseThrow());
  }

  private static void note(@Nullable Object part, String word, List<String> missing) {
    if (part == null) {
      missing.add(word);
    }
  }

  private StructType root(
      EmbeddingsDecl declaration, FieldDecl item, FieldDecl version, int dimensions) {
    String name = declaration.name().text();
    var declared = new ArrayList<FieldDecl>();
    declared.add(item);
    declared.add(version);
    if (declaration.time() != null) {
      declared.add(declaration.time());
    }
    var drafts = new ArrayList<>(new FieldChecker(false, List.of(), issues).drafts(declared, name));
    if (declaration.time() == null) {
      drafts.add(draft(TIME, Basic.TIMESTAMP));
    }
    drafts.add(draft(VECTOR, new Type.Vector(dimensions)));
    return StructType.of(name, drafts);
  }

  private static StructType.Draft draft(String name, Type type) {
    return new StructType.Draft(name, type, false, false, new Source(List.of(name), Reading.PLAIN));
  }

  private StructType.Field text(StructType root, FieldDecl declared, String what) {
    StructType.Field field = root.field(declared.name().text()).orElseThrow();
    boolean fits =
        field.type() == Basic.STRING
            || field.type() == Basic.INT
            || field.type() == Basic.UNKNOWN
            || field.type() instanceof Type.EnumOf;
    if (!fits) {
      error(
          IssueCode.WRONG_TYPE,
          declared.type().span(),
          "%s is named by a text or a whole number, got %s"
              .formatted(what, TypeText.aOrAn(field.type())),
          Optional.empty());
    }
    return field;
  }

  private void error(IssueCode code, Span span, String message, Optional<String> suggestion) {
    issues.accept(new Issue(code, span, message, suggestion));
  }
}
