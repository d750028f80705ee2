package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.PathNode;
import io.assay.assertion.rule.ir.Correction.ListPlace;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the places of an output that a correction changes. */
final class OutputPaths {
  private final ExpressionChecker expressions;
  private final Optional<Each> each;

  OutputPaths(ExpressionChecker expressions, Optional<Each> each) {
    this.expressions = expressions;
    this.each = each;
  }

  /** A row and the fields from it downwards. */
  record Target(Local row, List<StructType.Field> path) {}

  static StructType element(ListPlace place) {
    return (StructType) ((Type.ListOf) place.field().type()).element();
  }

  /** An element that a clause has named. */
  Optional<Local> element(Name name, Scope scope) {
    Optional<Local> local = scope.local(name.text());
    if (local.filter(l -> l.type() instanceof StructType).isPresent()) {
      return local;
    }
    if (local.isPresent() && local.get().type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    List<String> elements =
        scope.locals(l -> l.type() instanceof StructType).stream().map(Local::name).toList();
    expressions.error(
        IssueCode.UNKNOWN_NAME,
        name.span(),
        "no element is called '%s'".formatted(name.text()),
        Suggestions.didYouMean(name.text(), elements)
            .or(() -> Optional.of("an element is named by: each b in boxes")));
    return Optional.empty();
  }

  /** The list that the element of {@code each} stands in. */
  Optional<ListPlace> listOf(Local element, Span span, Scope scope) {
    Optional<Term.Select> list =
        each.filter(e -> e.element().index() == element.index())
            .map(Each::list)
            .filter(Term.Select.class::isInstance)
            .map(Term.Select.class::cast);
    if (list.isPresent()
        && list.get().target() instanceof Term.Read read
        && list.get().field().type() instanceof Type.ListOf of
        && of.element() instanceof StructType) {
      return Optional.of(
          new ListPlace(
              scope.stream().orElseThrow().type().name(), read.local(), list.get().field()));
    }
    expressions.error(
        IssueCode.MISSING_CLAUSE,
        span,
        "'insert' needs the list that it goes into",
        Optional.of("as in: insert b into camera.boxes with …"));
    return Optional.empty();
  }

  /** {@code boxes} or {@code camera.boxes}: a list of records of an event. */
  Optional<ListPlace> list(PathNode path, Scope scope) {
    return target(path, scope)
        .flatMap(
            target -> {
              StructType.Field field = target.path().getLast();
              boolean records =
                  target.path().size() == 1
                      && field.type() instanceof Type.ListOf of
                      && of.element() instanceof StructType;
              if (!records) {
                expressions.error(
                    IssueCode.WRONG_TYPE,
                    path.span(),
                    "a list of records is needed here, got %s"
                        .formatted(TypeText.aOrAn(field.type())));
                return Optional.empty();
              }
              return Optional.of(
                  new ListPlace(((StructType) target.row().type()).name(), target.row(), field));
            });
  }

  /** A field of an element, or of an event, with or without the stream's name before it. */
  Optional<Target> target(PathNode path, Scope scope) {
    List<String> names =
        path.steps().stream()
            .map(step -> step instanceof PathNode.Key(String name) ? name : "")
            .toList();
    Optional<Local> local =
        scope.local(names.getFirst()).filter(l -> l.type() instanceof StructType);
    Optional<Local> event = scope.event();
    boolean named = event.isPresent() && event.get().name().equals(names.getFirst());
    if (local.isPresent() || (named && names.size() > 1)) {
      Local row = local.or(() -> event).orElseThrow();
      return walk(row, names.subList(1, names.size()), path, scope);
    }
    return event.flatMap(row -> walk(row, names, path, scope));
  }

  private Optional<Target> walk(Local row, List<String> names, PathNode path, Scope scope) {
    var fields = new ArrayList<StructType.Field>();
    Type type = row.type();
    int skipped = path.steps().size() - names.size();
    for (String name : names) {
      Span span = path.span(skipped + fields.size());
      Optional<StructType.Field> field =
          type instanceof StructType struct
              ? field(struct, new Name(name, span), scope)
              : noFields(type, name, span);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(field.get());
      type = field.get().type();
    }
    if (fields.isEmpty()) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          path.span(),
          "a field is needed here, got the whole of '%s'".formatted(row.name()),
          Optional.of("as in: %s.label".formatted(row.name())));
      return Optional.empty();
    }
    return Optional.of(new Target(row, fields));
  }

  private Optional<StructType.Field> noFields(Type type, String name, Span span) {
    if (type != Basic.UNKNOWN) {
      expressions.error(
          IssueCode.UNKNOWN_FIELD,
          span,
          "%s has no fields, so no '%s'".formatted(TypeText.aOrAn(type), name));
    }
    return Optional.empty();
  }

  Optional<StructType.Field> field(StructType type, Name name, Scope scope) {
    Optional<StructType.Field> field = type.field(name.text());
    if (field.isEmpty() && !scope.unread().isDamaged()) {
      List<String> known = type.fields().stream().map(StructType.Field::name).toList();
      expressions.error(
          IssueCode.UNKNOWN_FIELD,
          name.span(),
          "unknown field '%s' of %s".formatted(name.text(), type.name()),
          Suggestions.didYouMean(name.text(), known)
              .or(() -> Optional.of("%s has %s".formatted(type.name(), String.join(", ", known)))));
    }
    return field;
  }
}
