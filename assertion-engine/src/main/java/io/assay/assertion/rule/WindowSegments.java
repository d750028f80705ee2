package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.rule.ir.Windowing.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Checks by what windows are cut into segments, and lines that compare the segments. */
final class WindowSegments {
  private final ExpressionChecker expressions;
  private final Scope base;
  private final WindowLocals locals;
  private final List<Segment> segments = new ArrayList<>();

  /** {@code base}: the scope of single events. */
  WindowSegments(ExpressionChecker expressions, Scope base, WindowLocals locals) {
    this.expressions = expressions;
    this.base = base;
    this.locals = locals;
  }

  List<Segment> all() {
    return segments;
  }

  /** One more, as {@code by} names it. */
  void add(Name name) {
    StructType root = base.stream().orElseThrow().type().root();
    if (segments.stream().anyMatch(s -> s.name().equals(name.text()))) {
      expressions.error(
          IssueCode.DUPLICATE, name.span(), "'by %s' stands twice".formatted(name.text()));
      return;
    }
    boolean key = name.text().equals("key") && root.field("key").isEmpty();
    String field = key ? base.stream().orElseThrow().type().key().name() : name.text();
    Term value = expressions.check(new Expr.Ident(field, false, name.span()), base);
    if (!cuts(value.type())) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          name.span(),
          "windows are cut by texts, whole numbers and conditions; '%s' is %s"
              .formatted(name.text(), TypeText.aOrAn(value.type())));
      return;
    }
    Local local = base.declare(name.text(), value.type());
    locals.segment(local);
    segments.add(new Segment(name.text(), local, value));
  }

  private static boolean cuts(Type type) {
    return type instanceof Type.EnumOf
        || type == Basic.STRING
        || type == Basic.INT
        || type == Basic.BOOL
        || type == Basic.UNKNOWN;
  }

  /** Windows must be cut by what a line compares. */
  void need(Name across) {
    List<String> names = segments.stream().map(Segment::name).toList();
    if (names.contains(across.text())) {
      return;
    }
    expressions.error(
        names.isEmpty() ? IssueCode.MISSING_CLAUSE : IssueCode.UNKNOWN_NAME,
        across.span(),
        names.isEmpty()
            ? "'across %s' compares segments, and nothing cuts the windows".formatted(across.text())
            : "windows are not cut by '%s'".formatted(across.text()),
        names.isEmpty()
            ? Optional.of("write: by %s".formatted(across.text()))
            : Suggestions.didYouMean(across.text(), names)
                .or(() -> Optional.of("they are cut by " + String.join(", ", names))));
  }

  /** A line across segments has no segment of its own, so a value of one has no place in it. */
  void compared(Name across, Expr written, Term term, List<Windowing.Across> taken) {
    var compared = new HashSet<Integer>();
    taken.forEach(a -> compared.add(a.local().index()));
    boolean single =
        term.type() != Basic.UNKNOWN
            && Subterms.reads(term)
                .anyMatch(
                    local ->
                        (locals.isOfWindow(local) && !compared.contains(local.index()))
                            || segments.stream().anyMatch(s -> s.local().index() == local.index()));
    if (single) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          written.span(),
          "this compares all values of '%s', and names something of one of them"
              .formatted(across.text()),
          Optional.of("take min, max, mean, sum or median of it, as in: max(mean(score))"));
    }
  }
}
