package io.assay.assertion.rule;

import io.assay.assertion.rule.AssayParser.ClauseContext;
import io.assay.assertion.rule.AssayParser.MemberPathContext;
import io.assay.assertion.rule.ast.AlertCondition;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Correction;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.PathNode;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ast.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tree of an assertion's clauses. */
final class ClauseBuilder {
  private final ExpressionBuilder expressions;
  private final ClauseRecovery recovery;
  private final TemplateBuilder templates;

  ClauseBuilder(ExpressionBuilder expressions, SourceFile source, ClauseRecovery recovery) {
    this.expressions = expressions;
    this.recovery = recovery;
    this.templates = new TemplateBuilder(source, expressions.issues());
  }

  List<Clause> clauses(List<ClauseContext> contexts) {
    return contexts.stream()
        .filter(c -> !recovery.isSpoilt(c) && c.exception == null && c.getChildCount() > 0)
        .map(this::clause)
        .toList();
  }

  Declaration.ParamDecl param(AssayParser.ParamDeclContext c) {
    return new Declaration.ParamDecl(
        name(c.name()), expressions.expression(c.expr()), expressions.span(c));
  }

  /** As long as there are clauses: a line or a few for each, so that none can be forgotten. */
  private Clause clause(ClauseContext context) {
    Span span = expressions.span(context);
    return switch (context.getChild(0)) {
      case AssayParser.EachClauseContext c ->
          new Clause.Each(name(c.name()), expr(c.expr(0)), optional(c.expr(1)), span);
      case AssayParser.WhereClauseContext c -> new Clause.Where(expr(c.expr()), span);
      case AssayParser.IdentityClauseContext c ->
          new Clause.Identity(
              expr(c.expr()), c.bound() == null ? null : expressions.bound(c.bound()), span);
      case AssayParser.AbsentClauseContext c ->
          new Clause.Absent(expressions.bound(c.bound()), span);
      case AssayParser.PresentClauseContext c ->
          new Clause.Present(expressions.bound(c.bound()), span);
      case AssayParser.PresentInClauseContext c ->
          new Clause.PresentIn(
              expressions.amount(c.amount(0)), expressions.amount(c.amount(1)), span);
      case AssayParser.ReturnsClauseContext c -> returns(c, span);
      case AssayParser.TransitionsClauseContext c ->
          new Clause.Transitions(
              expressions.amount(c.amount()), expressions.bound(c.bound()), span);
      case AssayParser.ConsistentClauseContext c ->
          new Clause.Consistent(
              expr(c.expr()), expressions.bound(c.bound()), amount(c.amount()), span);
      case AssayParser.ChangeClauseContext c ->
          new Clause.Change(
              expr(c.expr()),
              expressions.amount(c.amount(0)),
              expressions.amount(c.amount(1)),
              span);
      case AssayParser.LetClauseContext c -> new Clause.Let(name(c.name()), expr(c.expr()), span);
      case AssayParser.ExpectClauseContext c -> expect(c);
      case AssayParser.ForClauseContext c ->
          new Clause.ForEach(name(c.name(0)), name(c.name(1)), expect(c.expectClause()), span);
      case AssayParser.SilenceClauseContext c ->
          new Clause.Silence(expressions.amount(c.amount()), c.OVER() != null, span);
      case AssayParser.JoinClauseContext c -> join(c, span);
      case AssayParser.MatchClauseContext c ->
          new Clause.Match(
              c.ONE() != null,
              name(c.name(0)),
              expr(c.expr(0)),
              name(c.name(1)),
              expr(c.expr(1)),
              expr(c.expr(2)),
              span);
      case AssayParser.UnmatchedClauseContext c ->
          new Clause.Unmatched(name(c.name()), optional(c.expr()), span);
      case AssayParser.IgnoreClauseContext c -> new Clause.Ignore(expr(c.expr()), span);
      case AssayParser.ByClauseContext c -> new Clause.By(expressions.names(c.name()), span);
      case AssayParser.WindowClauseContext c ->
          new Clause.Window(
              window(c.windowSpec()),
              c.amount() == null
                  ? null
                  : new Clause.Least(
                      expressions.amount(c.amount()),
                      name(c.name()),
                      Spans.join(expressions.span(c.amount()), expressions.span(c.name()))),
              span);
      case AssayParser.LeastClauseContext c ->
          new Clause.Least(expressions.amount(c.amount()), name(c.name()), span);
      case AssayParser.CompareClauseContext c ->
          new Clause.Compare(
              name(c.name(0)),
              c.BY() == null ? null : name(c.name(1)),
              c.amount() == null ? null : expressions.amount(c.amount()),
              c.PREVIOUS() != null,
              c.STRING() == null ? null : expressions.text(c.STRING()),
              span);
      case AssayParser.WhenClauseContext c -> new Clause.When(name(c.name()), span);
      case AssayParser.SeverityClauseContext c -> new Clause.Severity(expr(c.expr()), span);
      case AssayParser.LevelClauseContext c -> new Clause.Level(name(c.name()), span);
      case AssayParser.ExplainClauseContext c ->
          new Clause.Explain(templates.parts(expressions.text(c.STRING())), span);
      case AssayParser.ModeClauseContext c -> new Clause.Mode(name(c.name()), span);
      case AssayParser.OwnerClauseContext c -> new Clause.Owner(expressions.text(c.STRING()), span);
      case AssayParser.TagsClauseContext c ->
          new Clause.Tags(c.tag().stream().map(this::tag).toList(), span);
      case AssayParser.RunbookClauseContext c ->
          new Clause.Runbook(expressions.text(c.STRING()), span);
      case AssayParser.CorrectClauseContext c ->
          new Clause.Correct(optional(c.expr()), correction(c.correction()), span);
      case AssayParser.SampleClauseContext c -> sample(c, span);
      case AssayParser.AlertClauseContext c -> alert(c, span);
      case AssayParser.ParamDeclContext c -> new Clause.Param(param(c));
      default -> throw new IllegalStateException("unknown clause " + context.getText());
    };
  }

  private Clause.Expect expect(AssayParser.ExpectClauseContext c) {
    Name name = c.name() == null ? null : name(c.name());
    return new Clause.Expect(
        c.ACROSS() == null ? name : null,
        c.ACROSS() == null ? null : name,
        expr(c.expr()),
        c.PRESENT() != null,
        c.windowSpec() == null ? null : window(c.windowSpec()),
        expressions.span(c));
  }

  private Clause returns(AssayParser.ReturnsClauseContext c, Span span) {
    int bounds = c.bound().size();
    return new Clause.Returns(
        expr(c.expr()),
        c.WITHIN() == null || bounds == 0 ? null : expressions.bound(c.bound(0)),
        c.THROUGH() == null || bounds == 0 ? null : expressions.bound(c.bound(bounds - 1)),
        span);
  }

  private Clause join(AssayParser.JoinClauseContext c, Span span) {
    List<Name> names = expressions.names(c.name());
    Expr amount = expressions.amount(c.amount());
    if (c.WITHIN() != null) {
      return new Clause.Join(names, amount, null, span);
    }
    // After 'of' there may be one more name, and nothing but its place tells it from a partner.
    boolean timed = c.name().size() == c.COMMA().size() + 2;
    Name time = timed ? names.getLast() : null;
    return new Clause.Join(
        timed ? names.subList(0, names.size() - 1) : names,
        null,
        new Clause.Join.AsOf(time, amount),
        span);
  }

  private WindowSpec window(AssayParser.WindowSpecContext c) {
    Span span = expressions.span(c);
    if (c.TUMBLING() != null) {
      return new WindowSpec.Tumbling(expressions.amount(c.amount(0)), span);
    }
    if (c.HOPPING() != null) {
      return new WindowSpec.Hopping(
          expressions.amount(c.amount(0)), expressions.amount(c.amount(1)), span);
    }
    return c.SESSION() != null
        ? new WindowSpec.Session(expressions.amount(c.amount(0)), span)
        : new WindowSpec.Last(expressions.bound(c.bound()), span);
  }

  private Correction correction(AssayParser.CorrectionContext context) {
    return switch (context) {
      case AssayParser.InsertCorrectionContext c ->
          new Correction.Insert(
              name(c.name()),
              c.memberPath() == null ? null : path(c.memberPath()),
              settings(c.setting()));
      case AssayParser.RemoveCorrectionContext c -> new Correction.Remove(name(c.name()));
      case AssayParser.SetCorrectionContext c ->
          new Correction.Set(path(c.memberPath()), expr(c.expr()));
      case AssayParser.MergeCorrectionContext c ->
          new Correction.Merge(path(c.memberPath()), expr(c.expr(0)), expr(c.expr(1)));
      default -> throw new IllegalStateException("unknown correction " + context.getText());
    };
  }

  private List<Setting> settings(List<AssayParser.SettingContext> contexts) {
    return expressions.settings(contexts);
  }

  private PathNode path(MemberPathContext c) {
    List<PathNode.Step> steps =
        c.name().stream().<PathNode.Step>map(n -> new PathNode.Key(name(n).text())).toList();
    return new PathNode(steps, expressions.span(c));
  }

  private Clause sample(AssayParser.SampleClauseContext c, Span span) {
    int next = 0;
    Expr around = c.AROUND() == null ? null : expressions.amount(c.amount(next++));
    Expr perDay = c.DAY() == null ? null : expressions.amount(c.amount(next++));
    Expr rate = c.RATE() == null ? null : expressions.amount(c.amount(next));
    int expressionsBefore = c.OF() == null ? 0 : 1;
    return new Clause.Sample(
        name(c.name(0)),
        c.LPAREN() == null ? null : name(c.name(1)),
        c.OF() == null ? null : expr(c.expr(0)),
        c.STRATIFY() == null ? null : expr(c.expr(expressionsBefore)),
        around,
        perDay,
        rate,
        span);
  }

  private Clause alert(AssayParser.AlertClauseContext c, Span span) {
    int next = 0;
    Expr lasting = c.FOR() == null ? null : expressions.amount(c.amount(next++));
    Expr keep = c.KEEP() == null ? null : expressions.amount(c.amount(next));
    return new Clause.Alert(
        condition(c.alertCondition()), lasting, keep, expressions.names(c.name()), span);
  }

  private AlertCondition condition(AssayParser.AlertConditionContext context) {
    return switch (context) {
      case AssayParser.RateConditionContext c ->
          new AlertCondition.Rate(
              c.name() == null ? null : name(c.name()),
              c.AT_LEAST() != null,
              expressions.amount(c.amount()));
      case AssayParser.BreachedConditionContext c ->
          new AlertCondition.Breached(amount(c.amount()));
      case AssayParser.OpenConditionContext c ->
          new AlertCondition.Open(expressions.amount(c.amount()));
      default -> throw new IllegalStateException("unknown condition " + context.getText());
    };
  }

  private String tag(AssayParser.TagContext c) {
    return c.STRING() == null ? name(c.name()).text() : expressions.text(c.STRING()).value();
  }

  private Name name(AssayParser.NameContext c) {
    return expressions.name(c);
  }

  private Expr expr(AssayParser.ExprContext c) {
    return expressions.expression(c);
  }

  private @Nullable Expr optional(AssayParser.@Nullable ExprContext c) {
    return c == null ? null : expressions.expression(c);
  }

  private @Nullable Expr amount(AssayParser.@Nullable AmountContext c) {
    return c == null ? null : expressions.amount(c);
  }
}
