package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds what a name stands for: a variable, a field, a parameter, a slice, the stream itself. */
final class NameResolver {
  /** Names that some kind gives to its severity and sentences. */
  private static final Set<String> GIVEN =
      Set.of(
          "gap",
          "events",
          "before",
          "after",
          "lifetime",
          "severity",
          "from",
          "to",
          "count",
          "minority",
          "majority",
          "value",
          "elapsed",
          "previous",
          "side",
          "unmatched",
          "silent");

  private static final Set<String> SIDES = Set.of("x", "y", "width", "height");

  private final ExpressionChecker checker;
  private final Consumer<Issue> issues;
  private final ImputedNames imputed;

  NameResolver(ExpressionChecker checker, Consumer<Issue> issues) {
    this.checker = checker;
    this.issues = issues;
    this.imputed = new ImputedNames(checker);
  }

  Term ident(Expr.Ident e, Scope scope) {
    return scope
        .aliased(e.name(), e.span())
        .or(() -> imputed.term(e, scope))
        .or(() -> find(e.name(), e.absolute(), e.span(), scope))
        .orElseGet(() -> unknownName(e.name(), e.span(), scope));
  }

  private Optional<Term> find(String name, boolean absolute, Span span, Scope scope) {
    Optional<Term> local =
        absolute ? Optional.empty() : scope.local(name).map(l -> new Term.Read(l, span));
    return local
        .or(() -> eventField(name, span, scope))
        .or(() -> scope.param(name).map(p -> new Term.Constant(p.value(), p.type(), span)))
        .or(() -> slice(name, span, scope))
        .or(() -> calibration(name, span, scope))
        .or(() -> scope.variable(name).map(l -> new Term.Read(l, span)))
        .or(() -> TypeNames.value(name, span));
  }

  private static Optional<Term> calibration(String name, Span span, Scope scope) {
    return Optional.ofNullable(scope.calibrations().get(name))
        .map(matrix -> new Term.Constant(matrix.value(), matrix.type(), span));
  }

  private Optional<Term> eventField(String name, Span span, Scope scope) {
    return scope.stream()
        .flatMap(
            stream -> {
              StructType root = stream.type().root();
              // Whatever the stream calls it, 'at' is the event's time.
              return root.field(name)
                  .or(
                      () ->
                          name.equals("at") ? Optional.of(stream.type().time()) : Optional.empty())
                  .map(field -> new Term.Select(event(scope, span), field, span));
            });
  }

  private static Term event(Scope scope, Span span) {
    return new Term.Read(scope.event().orElseThrow(), span);
  }

  private Optional<Term> slice(String name, Span span, Scope scope) {
    return scope
        .slices()
        .find(name)
        .map(
            condition -> {
              if (!scope.slices().enter(name)) {
                if (!scope.slices().tellsCircle(name)) {
                  return ExpressionChecker.unknown(span);
                }
                return checker.error(
                    IssueCode.UNKNOWN_NAME, span, "slice '%s' stands for itself".formatted(name));
              }
              Term term = checker.check(condition, scope, Basic.BOOL, "a slice");
              scope.slices().leave(name);
              return term;
            });
  }

  private Term unknownName(String name, Span span, Scope scope) {
    if (scope.unread().isDamaged() || scope.unread().isForgiven(name)) {
      return ExpressionChecker.unknown(span);
    }
    if (scope.otherStreams().contains(name)) {
      return checker.error(
          IssueCode.MISSING_CLAUSE,
          span,
          "stream '%s' is not joined here".formatted(name),
          Optional.of("as in: join %s within 50ms".formatted(name)));
    }
    if (GIVEN.contains(name) && scope.stream().isPresent()) {
      return checker.error(
          IssueCode.UNKNOWN_NAME,
          span,
          "'%s' is not known here: only some kinds give it, to severity and sentences"
              .formatted(name),
          Suggestions.didYouMean(name, scope.names()));
    }
    String where =
        scope.stream()
            .map(s -> "; stream '%s' has no such field".formatted(s.type().name()))
            .orElse("");
    return checker.error(
        IssueCode.UNKNOWN_NAME,
        span,
        "unknown name '%s'%s".formatted(name, where),
        ofElement(name, scope)
            .or(() -> ofTruth(name, scope))
            .or(() -> ForeignNames.value(name, scope))
            .or(() -> Suggestions.didYouMean(name, scope.names()))
            .or(() -> scope.names().isEmpty() ? Optional.empty() : known(scope)));
  }

  /** Of a stream whose truth nobody has declared. */
  private static Optional<String> ofTruth(String name, Scope scope) {
    return name.equals("truth") && scope.stream().isPresent()
        ? Optional.of("add to the stream: truth NAME bool from topic \"…\" within 90d")
        : Optional.empty();
  }

  /** A field of what a variable stands for, such as the element of 'each'. */
  private static Optional<String> ofElement(String name, Scope scope) {
    return scope
        .locals(local -> local.type() instanceof StructType type && type.field(name).isPresent())
        .stream()
        .filter(local -> !local.name().startsWith("$"))
        .findFirst()
        .map(local -> "did you mean '%s.%s'?".formatted(local.name(), name));
  }

  private static Optional<String> known(Scope scope) {
    return Optional.of(
        "known here: " + scope.names().stream().limit(12).collect(Collectors.joining(", ")));
  }

  Term select(Expr.Select e, Scope scope) {
    return imputed
        .term(e, scope)
        .or(() -> qualified(e, scope))
        .or(() -> streamField(e, scope))
        .orElseGet(() -> member(checker.check(e.target(), scope), e.field(), e.span(), scope));
  }

  /** A name with dots: a variable of an expression that stands alone, or a type's. */
  private static Optional<Term> qualified(Expr.Select e, Scope scope) {
    Optional<String> name = dotted(e);
    boolean hidden =
        name.map(path -> path.substring(0, path.indexOf('.'))).flatMap(scope::local).isPresent();
    return hidden
        ? Optional.empty()
        : name.flatMap(
            path ->
                scope
                    .variable(path)
                    .<Term>map(local -> new Term.Read(local, e.span()))
                    .or(() -> TypeNames.value(path, e.span())));
  }

  private static Optional<String> dotted(Expr.Select e) {
    Optional<String> owner =
        switch (e.target()) {
          case Expr.Ident ident -> Optional.of(ident.name());
          case Expr.Select select -> dotted(select);
          default -> Optional.empty();
        };
    return owner.map(path -> path + "." + e.field().text());
  }

  /** {@code camera.boxes}, where no nearer name is called so. */
  private Optional<Term> streamField(Expr.Select e, Scope scope) {
    if (!(e.target() instanceof Expr.Ident ident) || scope.stream().isEmpty()) {
      return Optional.empty();
    }
    StructType root = scope.stream().get().type().root();
    boolean hidden = !ident.absolute() && scope.local(ident.name()).isPresent();
    boolean named = ident.name().equals(scope.stream().get().type().name());
    if (hidden || !named || root.field(ident.name()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        scope.stream().get().damaged() && root.field(e.field().text()).isEmpty()
            ? ExpressionChecker.unknown(e.span())
            : member(event(scope, ident.span()), e.field(), e.span(), scope));
  }

  private Term member(Term target, Name name, Span span, Scope scope) {
    return switch (target.type()) {
      case StructType struct ->
          struct
              .field(name.text())
              .<Term>map(field -> new Term.Select(target, field, span))
              .orElseGet(() -> unknownField(struct, name, scope));
      case Type.MapOf map ->
          checker.knownKey(map, name.text(), name.span())
              ? new Term.SelectDynamic(target, name.text(), map.value(), span)
              : ExpressionChecker.unknown(span);
      case Basic basic -> basicMember(basic, target, name, span);
      case Type.ListOf list when list.element() instanceof StructType -> {
        issues.accept(
            new Issue(
                IssueCode.WRONG_TYPE,
                name.span(),
                "this is a list; its elements have fields, the list has none",
                Optional.of(
                    "take the elements one by one: list.exists(e, e.%s …)"
                        .formatted(name.text()))));
        yield ExpressionChecker.unknown(span);
      }
      default -> noFields(target.type(), name);
    };
  }

  private Term basicMember(Basic basic, Term target, Name name, Span span) {
    return switch (basic) {
      case DYN -> new Term.SelectDynamic(target, name.text(), Basic.DYN, span);
      case UNKNOWN -> ExpressionChecker.unknown(span);
      case RECT ->
          SIDES.contains(name.text())
              ? new Term.Call(name.text() + "_rect", List.of(target), Basic.PIXELS, span)
              : checker.error(
                  IssueCode.UNKNOWN_FIELD,
                  name.span(),
                  "a rect has x, y, width and height, not '%s'".formatted(name.text()),
                  Suggestions.didYouMean(name.text(), SIDES));
      default -> noFields(basic, name);
    };
  }

  private Term noFields(Type type, Name name) {
    return checker.error(
        IssueCode.UNKNOWN_FIELD,
        name.span(),
        "%s has no fields, so no '%s'".formatted(TypeText.aOrAn(type), name.text()));
  }

  private Term unknownField(StructType struct, Name name, Scope scope) {
    if (scope.unread().isDamaged()) {
      return ExpressionChecker.unknown(name.span());
    }
    List<String> fields = struct.fields().stream().map(StructType.Field::name).toList();
    return checker.error(
        IssueCode.UNKNOWN_FIELD,
        name.span(),
        "unknown field '%s' of %s".formatted(name.text(), struct.name()),
        Suggestions.didYouMean(name.text(), fields)
            .or(
                () ->
                    Optional.of("%s has %s".formatted(struct.name(), String.join(", ", fields)))));
  }
}
