package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.AlertCondition;
import io.assay.assertion.rule.ast.Bound;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ast.WindowSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks through an assertion's clauses for numbers that something is held against. */
final class LimitFinder {
  private final Map<String, String> texts;
  private final Map<String, Expr> params;
  private final List<MovableLimit> found = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * @param texts of the files, by name
   * @param params values by name, those of the assertion before those of the files
   */
  LimitFinder(Map<String, String> texts, Map<String, Expr> params) {
    this.texts = texts;
    this.params = new HashMap<>(params);
  }

  List<MovableLimit> in(AssertionDecl assertion) {
    for (Clause clause : assertion.clauses()) {
      // A local name hides a parameter.
      switch (clause) {
        case Clause.Let let -> params.remove(let.name().text());
        case Clause.Each each -> params.remove(each.element().text());
        default -> {}
      }
    }
    assertion.clauses().forEach(this::clause);
    return List.copyOf(found);
  }

  private void clause(Clause clause) {
    switch (clause) {
      case Clause.Each each -> compared("each", each.where());
      case Clause.Where where -> compared("where", where.condition());
      case Clause.Identity identity -> {
        compared("identity", identity.expression());
        bound("identity", identity.coasting(), clause);
      }
      case Clause.Absent absent -> bound("absent", absent.lessThan(), clause);
      case Clause.Present present -> bound("present", present.lessThan(), clause);
      case Clause.PresentIn present -> amount("present", present.atLeast(), clause.span(), false);
      case Clause.Returns returns -> {
        bound("returns", returns.within(), clause);
        bound("returns", returns.through(), clause);
      }
      case Clause.Transitions transitions -> {
        amount("transitions", transitions.atMost(), clause.span(), false);
        bound("transitions", transitions.within(), clause);
      }
      case Clause.Consistent consistent -> {
        bound("consistent", consistent.within(), clause);
        amount("consistent", consistent.tolerance(), clause.span(), false);
      }
      case Clause.Change change -> {
        amount("change", change.atMost(), clause.span(), false);
        amount("change", change.per(), clause.span(), false);
      }
      case Clause.Let let -> compared("let", let.value());
      case Clause.Expect expect -> expect(expect);
      case Clause.ForEach each -> expect(each.expect());
      case Clause.Silence silence -> amount("silence", silence.atMost(), clause.span(), false);
      case Clause.Join join -> {
        amount("join", join.within(), clause.span(), false);
        Clause.Join.AsOf past = join.asOf();
        amount("join", past == null ? null : past.atMostOld(), clause.span(), false);
      }
      case Clause.Match match -> compared("match", match.where());
      case Clause.Unmatched unmatched -> compared("unmatched", unmatched.where());
      case Clause.Ignore ignore -> compared("ignore", ignore.where());
      case Clause.Window window -> {
        window("window", window.window());
        least(window.least());
      }
      case Clause.Least least -> least(least);
      case Clause.Compare compare -> amount("compare", compare.within(), clause.span(), false);
      case Clause.Severity severity -> compared("severity", severity.value());
      case Clause.Alert alert -> alert(alert);
      // What they say is no part of what is found, or has no number.
      case Clause.By ignored -> {}
      case Clause.When ignored -> {}
      case Clause.Level ignored -> {}
      case Clause.Explain ignored -> {}
      case Clause.Mode ignored -> {}
      case Clause.Owner ignored -> {}
      case Clause.Tags ignored -> {}
      case Clause.Runbook ignored -> {}
      case Clause.Correct ignored -> {}
      case Clause.Sample ignored -> {}
      case Clause.Param ignored -> {}
    }
  }

  private void expect(Clause.Expect expect) {
    compared("expect", expect.condition());
    WindowSpec over = expect.over();
    if (over != null) {
      window("expect", over);
    }
  }

  private void window(String word, WindowSpec window) {
    switch (window) {
      case WindowSpec.Tumbling one -> amount(word, one.size(), window.span(), false);
      case WindowSpec.Hopping one -> amount(word, one.size(), window.span(), false);
      case WindowSpec.Session one -> amount(word, one.gap(), window.span(), false);
      case WindowSpec.Last one ->
          amount(word, one.bound().amount(), window.span(), one.bound().events());
    }
  }

  private void least(Clause.@Nullable Least least) {
    if (least != null) {
      amount("at", least.amount(), least.span(), false);
    }
  }

  private void alert(Clause.Alert alert) {
    switch (alert.condition()) {
      case AlertCondition.Rate rate -> amount("alert", rate.limit(), alert.span(), false);
      case AlertCondition.Breached breached ->
          amount("alert", breached.windows(), alert.span(), false);
      case AlertCondition.Open open -> amount("alert", open.lasting(), alert.span(), false);
    }
    amount("alert", alert.lasting(), alert.span(), false);
  }

  private void bound(String word, @Nullable Bound bound, Clause clause) {
    if (bound != null) {
      amount(word, bound.amount(), clause.span(), bound.events());
    }
  }

  /** A number that a clause takes. */
  private void amount(String word, @Nullable Expr expr, Span around, boolean events) {
    if (expr != null) {
      add(word, expr, around, events);
    }
  }

  /** The numbers that any part of an expression is compared with. */
  private void compared(String word, @Nullable Expr expr) {
    if (expr == null) {
      return;
    }
    if (expr instanceof Expr.Binary binary) {
      switch (binary.operator()) {
        case AT_MOST, AT_LEAST, BELOW, ABOVE -> {
          if (!isNumber(binary.left()) || !isNumber(binary.right())) {
            add(word, binary.left(), binary.span(), false);
            add(word, binary.right(), binary.span(), false);
          }
        }
        case IN -> {
          if (binary.right() instanceof Expr.Range range) {
            add(word, range.from(), binary.span(), false);
            add(word, range.to(), binary.span(), false);
          }
        }
        case OR, AND, EQUALS, NOT_EQUALS, PLUS, MINUS, TIMES, DIVIDE, MODULO -> {}
      }
    }
    parts(expr).forEach(part -> compared(word, part));
  }

  private static Stream<Expr> parts(Expr expr) {
    return switch (expr) {
      case Expr.Binary one -> Stream.of(one.left(), one.right());
      case Expr.Not one -> Stream.of(one.operand());
      case Expr.Negate one -> Stream.of(one.operand());
      case Expr.Conditional one -> Stream.of(one.condition(), one.then(), one.otherwise());
      case Expr.Select one -> Stream.of(one.target());
      case Expr.Index one -> Stream.of(one.target(), one.index());
      case Expr.Call one ->
          Stream.concat(Stream.ofNullable(one.target()), one.arguments().stream());
      case Expr.ListLiteral one -> one.elements().stream();
      case Expr.MapLiteral one ->
          one.entries().stream().flatMap(entry -> Stream.of(entry.key(), entry.value()));
      case Expr.StructLiteral one -> one.fields().stream().map(Setting::value);
      case Expr.Range one -> Stream.of(one.from(), one.to());
      case Expr.Last one -> Stream.of(one.amount());
      case Expr.IntLiteral ignored -> Stream.empty();
      case Expr.UintLiteral ignored -> Stream.empty();
      case Expr.DoubleLiteral ignored -> Stream.empty();
      case Expr.StringLiteral ignored -> Stream.empty();
      case Expr.BytesLiteral ignored -> Stream.empty();
      case Expr.BoolLiteral ignored -> Stream.empty();
      case Expr.NullLiteral ignored -> Stream.empty();
      case Expr.Quantity ignored -> Stream.empty();
      case Expr.Percent ignored -> Stream.empty();
      case Expr.Ident ignored -> Stream.empty();
    };
  }

  private record Amount(BigDecimal value, String unit, boolean whole) {}

  private boolean isNumber(Expr expr) {
    return number(named(expr)).isPresent();
  }

  /** What a parameter stands for; anything else is itself. */
  private Expr named(Expr expr) {
    return expr instanceof Expr.Ident name ? params.getOrDefault(name.name(), expr) : expr;
  }

  private static Optional<Amount> number(Expr expr) {
    return switch (expr) {
      case Expr.IntLiteral one ->
          Optional.of(new Amount(BigDecimal.valueOf(one.value()), "", true));
      case Expr.DoubleLiteral one ->
          Optional.of(new Amount(BigDecimal.valueOf(one.value()), "", false));
      case Expr.Percent one ->
          Optional.of(new Amount(BigDecimal.valueOf(one.value()).movePointRight(2), "%", false));
      case Expr.Quantity one ->
          Decimals.read(one.number()).map(value -> new Amount(value, one.unit(), false));
      case Expr.Negate one ->
          number(one.operand()).map(n -> new Amount(n.value().negate(), n.unit(), n.whole()));
      default -> Optional.empty();
    };
  }

  private void add(String word, Expr written, Span around, boolean events) {
    Expr meant = named(written);
    Optional<Amount> number = number(meant);
    if (number.isPresent()) {
      Amount one = number.get();
      int which = counts.merge(word, 1, Integer::sum);
      found.add(
          new MovableLimit(
              word + '-' + which,
              word,
              text(around),
              one.value(),
              events ? "events" : one.unit(),
              one.whole(),
              written instanceof Expr.Ident name ? name.name() : "",
              meant.span()));
    }
  }

  private String text(Span span) {
    return texts
        .getOrDefault(span.source(), "")
        .substring(span.start(), span.end())
        .replaceAll("\\s+", " ")
        .strip();
  }
}
