package io.assay.assertion.rule;

import io.assay.assertion.rule.AssayParser.AmountContext;
import io.assay.assertion.rule.AssayParser.BoundContext;
import io.assay.assertion.rule.AssayParser.ExprContext;
import io.assay.assertion.rule.AssayParser.LiteralContext;
import io.assay.assertion.rule.AssayParser.NameContext;
import io.assay.assertion.rule.AssayParser.StructFieldsContext;
import io.assay.assertion.rule.ast.Bound;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Expr.Operator;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ast.Text;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes the tree of expressions, and of the small things that hold them. */
final class ExpressionBuilder {
  /** Words that CEL keeps for itself; rules may use them as names. */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private final Spans spans;
  private final Consumer<Issue> issues;
  private final LiteralBuilder literals;

  private final boolean pure;

  ExpressionBuilder(Spans spans, Consumer<Issue> issues, Dialect dialect) {
    this.spans = spans;
    this.issues = issues;
    this.pure = dialect == Dialect.CEL;
    this.literals = new LiteralBuilder(issues);
  }

  Span span(ParserRuleContext context) {
    return spans.of(context);
  }

  Consumer<Issue> issues() {
    return issues;
  }

  Name name(ParserRuleContext context) {
    String text = context.getStart().getText();
    boolean quoted = text.startsWith("`");
    return new Name(quoted ? text.substring(1, text.length() - 1) : text, span(context));
  }

  List<Name> names(List<NameContext> contexts) {
    return contexts.stream().map(this::name).toList();
  }

  Text text(TerminalNode string) {
    Span span = spans.of(string.getSymbol());
    return new Text(new StringReader(string.getText(), span, issues).string(), span);
  }

  Bound bound(BoundContext context) {
    boolean events = context.EVENTS() != null || context.EVENT() != null;
    return new Bound(amount(context.amount()), events, span(context));
  }

  Expr amount(AmountContext context) {
    if (context.expr() != null) {
      return expression(context.expr());
    }
    if (context.name() != null) {
      return new Expr.Ident(name(context.name()).text(), false, span(context));
    }
    Expr number = literals.of(context.getStop(), span(context), context.MINUS() != null);
    return context.MINUS() == null || isFolded(number) ? number : negate(number, span(context));
  }

  List<Setting> settings(List<AssayParser.SettingContext> contexts) {
    return contexts.stream().map(c -> new Setting(name(c.name()), expression(c.expr()))).toList();
  }

  List<Setting> fields(StructFieldsContext context) {
    return context.structField().stream()
        .map(c -> new Setting(name(c.name()), expression(c.expr())))
        .toList();
  }

  Expr expression(ExprContext context) {
    Expr first = or(context.orExpr(0));
    return context.QUESTION() == null
        ? first
        : new Expr.Conditional(
            first, or(context.orExpr(1)), expression(context.expr()), span(context));
  }

  private Expr or(AssayParser.OrExprContext context) {
    return chain(context, c -> and((AssayParser.AndExprContext) c));
  }

  private Expr and(AssayParser.AndExprContext context) {
    return chain(context, c -> relation((AssayParser.RelationContext) c));
  }

  private Expr relation(AssayParser.RelationContext context) {
    return chain(context, c -> range((AssayParser.RangeContext) c));
  }

  private Expr range(AssayParser.RangeContext context) {
    Expr from = sum(context.sum(0));
    if (context.RANGE() != null && pure) {
      issues.accept(new Issue(IssueCode.UNEXPECTED, span(context), "CEL alone has no ranges"));
    }
    return context.RANGE() == null
        ? from
        : new Expr.Range(from, sum(context.sum(1)), span(context));
  }

  private Expr sum(AssayParser.SumContext context) {
    return chain(context, c -> product((AssayParser.ProductContext) c));
  }

  private Expr product(AssayParser.ProductContext context) {
    return chain(context, c -> unary((AssayParser.UnaryContext) c));
  }

  /** Operand, operator, operand, … from left to right. */
  private Expr chain(ParserRuleContext context, Function<ParseTree, Expr> operand) {
    Expr left = operand.apply(context.getChild(0));
    for (int i = 1; i + 1 < context.getChildCount(); i += 2) {
      Expr right = operand.apply(context.getChild(i + 1));
      Operator operator = operator(context.getChild(i).getText());
      left = new Expr.Binary(operator, left, right, Spans.join(left.span(), right.span()));
    }
    return left;
  }

  private static Operator operator(String sign) {
    for (Operator operator : Operator.values()) {
      if (operator.sign().equals(sign)) {
        return operator;
      }
    }
    throw new IllegalStateException("the grammar has an operator the tree has not: " + sign);
  }

  private Expr unary(AssayParser.UnaryContext context) {
    List<TerminalNode> minus = context.MINUS();
    List<TerminalNode> not = context.NOT();
    Expr operand = null;
    int signs = minus.size();
    if (signs > 0 && isNumber(context.member())) {
      // The least int has no positive counterpart, so the sign belongs to the literal.
      Token sign = minus.get(signs - 1).getSymbol();
      Token number = context.member().getStart();
      Expr folded = literals.of(number, spans.of(sign, number), true);
      if (isFolded(folded)) {
        operand = folded;
        signs--;
      }
    }
    operand = operand == null ? member(context.member()) : operand;
    for (int i = signs - 1; i >= 0; i--) {
      operand = negate(operand, Spans.join(spans.of(minus.get(i).getSymbol()), operand.span()));
    }
    for (int i = not.size() - 1; i >= 0; i--) {
      operand = new Expr.Not(operand, Spans.join(spans.of(not.get(i).getSymbol()), operand.span()));
    }
    return operand;
  }

  private static Expr negate(Expr operand, Span span) {
    return new Expr.Negate(operand, span);
  }

  private static boolean isNumber(AssayParser.MemberContext context) {
    int type = context.getStart().getType();
    return context.getStart().getTokenIndex() == context.getStop().getTokenIndex()
        && (type == AssayLexer.INT || type == AssayLexer.DOUBLE || type == AssayLexer.QUANTITY);
  }

  private static boolean isFolded(Expr literal) {
    return literal instanceof Expr.IntLiteral
        || literal instanceof Expr.DoubleLiteral
        || literal instanceof Expr.Quantity;
  }

  private Expr member(AssayParser.MemberContext context) {
    Expr target = primary(context.primary());
    for (AssayParser.StepContext step : context.step()) {
      Span span = Spans.join(target.span(), span(step));
      if (step.expr() != null) {
        target = new Expr.Index(target, expression(step.expr()), span);
      } else if (step.arguments() != null) {
        target = new Expr.Call(target, name(step.name()), arguments(step.arguments()), false, span);
      } else {
        target = new Expr.Select(target, name(step.name()), span);
      }
    }
    return target;
  }

  private Expr primary(AssayParser.PrimaryContext context) {
    Span span = span(context);
    return switch (context) {
      case AssayParser.NamePrimaryContext c ->
          new Expr.Ident(free(c.name()).text(), c.DOT() != null, span);
      case AssayParser.CallPrimaryContext c ->
          new Expr.Call(null, free(c.name()), arguments(c.arguments()), c.DOT() != null, span);
      case AssayParser.GroupPrimaryContext c -> expression(c.expr());
      case AssayParser.ListPrimaryContext c ->
          new Expr.ListLiteral(c.expr().stream().map(this::expression).toList(), span);
      case AssayParser.MapPrimaryContext c ->
          new Expr.MapLiteral(
              c.mapEntry().stream()
                  .map(e -> new Expr.MapLiteral.Entry(expression(e.expr(0)), expression(e.expr(1))))
                  .toList(),
              span);
      case AssayParser.StructPrimaryContext c ->
          new Expr.StructLiteral(
              c.name().stream().map(n -> name(n).text()).collect(Collectors.joining(".")),
              fields(c.structFields()),
              span);
      case AssayParser.LiteralPrimaryContext c -> literal(c.literal());
      default -> throw new IllegalStateException("unknown primary " + context.getText());
    };
  }

  /** A name that stands alone, which CEL's own words and quoted names may not. */
  private Name free(NameContext context) {
    Name name = name(context);
    boolean quoted = context.getStart().getType() == AssayLexer.QUOTED_IDENT;
    if (pure && (quoted || RESERVED.contains(name.text()))) {
      issues.accept(
          new Issue(
              IssueCode.UNEXPECTED,
              name.span(),
              quoted
                  ? "a quoted name stands behind a dot only"
                  : "'%s' is a word of CEL, not a name".formatted(name.text())));
    }
    return name;
  }

  private List<Expr> arguments(AssayParser.ArgumentsContext context) {
    return context.argument().stream().map(this::argument).toList();
  }

  private Expr argument(AssayParser.ArgumentContext context) {
    return context.LAST() != null
        ? new Expr.Last(amount(context.amount()), span(context))
        : expression(context.expr());
  }

  private Expr literal(LiteralContext context) {
    return literals.of(context.getStart(), span(context), false);
  }
}
