package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.PathNode;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Correction.ListPlace;
import io.assay.assertion.rule.ir.Correction.Repair;
import io.assay.assertion.rule.ir.Correction.With;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what the output should have been. */
final class CorrectionChecker {
  private final ExpressionChecker expressions;
  private final OutputPaths paths;
  private final Optional<Local> followed;

  /** {@code followed}: what an identity follows, over whose sightings values are gathered. */
  CorrectionChecker(ExpressionChecker expressions, Optional<Each> each, Optional<Local> followed) {
    this.expressions = expressions;
    this.paths = new OutputPaths(expressions, each);
    this.followed = followed;
  }

  Optional<Correction> check(Clause.Correct clause, Scope names) {
    var lifting = new SightingLifting(expressions, followed);
    Scope scope = names.child().lifting(lifting);
    Optional<Term> when =
        Optional.ofNullable(clause.when())
            .map(w -> expressions.check(w, scope, Basic.BOOL, "'correct when'"));
    return repair(clause.correction(), clause.span(), scope)
        .map(repair -> new Correction(when, repair, lifting.gathered()));
  }

  private Optional<Repair> repair(
      io.assay.assertion.rule.ast.Correction correction, Span span, Scope scope) {
    return switch (correction) {
      case io.assay.assertion.rule.ast.Correction.Insert c -> insert(c, span, scope);
      case io.assay.assertion.rule.ast.Correction.Remove c ->
          paths.element(c.element(), scope).map(Repair.Remove::new);
      case io.assay.assertion.rule.ast.Correction.Set c -> set(c, scope);
      case io.assay.assertion.rule.ast.Correction.Merge c -> merge(c, scope);
    };
  }

  private Optional<Repair> insert(
      io.assay.assertion.rule.ast.Correction.Insert c, Span span, Scope scope) {
    Optional<Local> element = paths.element(c.element(), scope);
    Optional<ListPlace> place =
        c.into() == null
            ? element.flatMap(e -> paths.listOf(e, span, scope))
            : paths.list(c.into(), scope);
    List<With> with =
        place.map(p -> settings(c.with(), OutputPaths.element(p), scope)).orElse(List.of());
    return element.flatMap(e -> place.map(p -> new Repair.Insert(e, p, with)));
  }

  private List<With> settings(List<Setting> settings, StructType type, Scope scope) {
    var with = new ArrayList<With>();
    var names = new HashSet<String>();
    for (Setting setting : settings) {
      Name name = setting.name();
      if (!names.add(name.text())) {
        expressions.error(
            IssueCode.DUPLICATE, name.span(), "'%s' is set twice".formatted(name.text()));
      }
      paths
          .field(type, name, scope)
          .flatMap(field -> value(field, setting.value(), scope).map(v -> new With(field, v)))
          .ifPresent(with::add);
    }
    return with;
  }

  /** What may be put into a field: of its type, or null where it is optional. */
  private Optional<Term> value(StructType.Field field, Expr expr, Scope scope) {
    Term term = expressions.check(expr, scope);
    Term fitted = OverloadChooser.promoted(term, field.type()).orElse(term);
    boolean fits =
        (term.type() == Basic.NULL && field.optional())
            || (field.type() instanceof Type.EnumOf && isText(term.type()))
            || Types.isA(fitted.type(), field.type());
    if (fits || term.type() == Basic.DYN) {
      possible(field, fitted);
      return term.type() == Basic.UNKNOWN ? Optional.empty() : Optional.of(fitted);
    }
    expressions.error(
        IssueCode.WRONG_TYPE,
        term.span(),
        "'%s' is %s, got %s"
            .formatted(field.name(), TypeText.aOrAn(field.type()), TypeText.aOrAn(term.type())));
    return Optional.empty();
  }

  /** What no event could have is no output that anybody should learn from. */
  private void possible(StructType.Field field, Term value) {
    EnumValues.unknown(value, field.type()).ifPresent(expressions::tell);
    Interval range = Ranges.none().of(value);
    if (field.type() == Basic.RATIO && range.and(Interval.SHARE).isEmpty()) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          value.span(),
          "'%s' is a ratio, which lies in 0 .. 1".formatted(field.name()));
    }
  }

  private static boolean isText(Type type) {
    return type == Basic.STRING || type instanceof Type.EnumOf;
  }

  private Optional<Repair> set(io.assay.assertion.rule.ast.Correction.Set c, Scope scope) {
    return paths
        .target(c.target(), scope)
        .flatMap(
            target ->
                value(target.path().getLast(), c.value(), scope)
                    .map(value -> new Repair.Set(target.row(), target.path(), value)));
  }

  private Optional<Repair> merge(io.assay.assertion.rule.ast.Correction.Merge c, Scope scope) {
    Optional<ListPlace> place = paths.list(c.list(), scope);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    StructType element = OutputPaths.element(place.get());
    Optional<StructType.Field> area = area(element, c.list());
    Scope pairs = scope.child();
    Local iou = pairs.declare("iou", Basic.RATIO);
    Term where = expressions.check(c.where(), pairs, Basic.BOOL, "'where' of 'merge'");
    Optional<Keep> keep = keep(c.keep(), element, scope);
    return area.flatMap(
        box ->
            keep.map(
                k ->
                    new Repair.Merge(
                        place.get(), box, iou, where, k.element(), k.by(), k.highest())));
  }

  private Optional<StructType.Field> area(StructType element, PathNode list) {
    List<StructType.Field> boxes =
        element.fields().stream().filter(f -> f.type() == Basic.RECT).toList();
    if (boxes.size() != 1) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          list.span(),
          "'merge' compares boxes: %s needs one field of type rect, it has %d"
              .formatted(element.name(), boxes.size()));
      return Optional.empty();
    }
    return Optional.of(boxes.getFirst());
  }

  private record Keep(Local element, Term by, boolean highest) {}

  /** {@code highest(score)}: the field of an element. */
  private Optional<Keep> keep(Expr expr, StructType element, Scope scope) {
    @Nullable Name field =
        expr instanceof Expr.Call call
                && call.target() == null
                && List.of("highest", "lowest").contains(call.function().text())
                && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expr.Ident ident
            ? new Name(ident.name(), ident.span())
            : null;
    if (field == null) {
      expressions.error(
          IssueCode.UNKNOWN_WORD,
          expr.span(),
          "'keep' says which one stays",
          Optional.of("as in: keep highest(score), or: keep lowest(distance)"));
      return Optional.empty();
    }
    boolean highest = ((Expr.Call) expr).function().text().equals("highest");
    Local local = scope.allocate("element", element);
    return paths
        .field(element, field, scope)
        .flatMap(
            found -> {
              boolean ordered =
                  found.type().isFloating()
                      || found.type() == Basic.INT
                      || found.type() == Basic.DURATION
                      || found.type() == Basic.TIMESTAMP;
              if (!ordered && found.type() != Basic.UNKNOWN) {
                expressions.error(
                    IssueCode.WRONG_TYPE,
                    field.span(),
                    "'keep' needs a number, got %s".formatted(TypeText.aOrAn(found.type())));
                return Optional.empty();
              }
              Term by = new Term.Select(new Term.Read(local, field.span()), found, field.span());
              return Optional.of(new Keep(local, by, highest));
            });
  }
}
