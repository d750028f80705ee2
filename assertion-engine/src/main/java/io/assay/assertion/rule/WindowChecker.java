package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.WindowSpec;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what windows gather, and keeps what is of one event apart from what is of a window. */
final class WindowChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Scope base;
  private final Scope level;
  private final WindowLocals locals;
  private final StatisticLifting lifting;
  private final boolean any;
  private final boolean all;
  private final WindowSegments segments;
  private final List<Windowing.Least> leasts = new ArrayList<>();
  private final List<Let> lets = new ArrayList<>();
  private Optional<Window> window = Optional.empty();

  /** {@code base}: the scope of single events. */
  WindowChecker(ClauseList clauses, ExpressionChecker expressions, Scope base) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.base = base;
    this.locals = new WindowLocals(base);
    this.segments = new WindowSegments(expressions, base, locals);
    this.lifting = new StatisticLifting(expressions, locals);
    this.level = base.child().lifting(lifting);
    List<Clause.Expect> lines = clauses.expectations();
    boolean clause = clauses.has(Clause.Window.class);
    this.any = clause || lines.stream().anyMatch(line -> line.over() != null);
    this.all = clause || (any && lines.stream().allMatch(line -> line.over() != null));
  }

  /** Some lines are judged by windows. */
  boolean any() {
    return any;
  }

  /** No line is judged by single events. */
  boolean all() {
    return all;
  }

  /** What a window's values are seen from; that of single events where nothing is windowed. */
  Scope level() {
    return level;
  }

  /** Once the variables of single events are known. */
  void declare() {
    if (!any) {
      clauses
          .first(Clause.By.class)
          .ifPresent(by -> windowless(by.span(), "'by' cuts windows into segments"));
      clauses.all(Clause.Least.class).forEach(this::windowless);
      return;
    }
    new WindowFits(clauses, expressions).clauses();
    clauses.first(Clause.By.class).ifPresent(by -> by.segments().forEach(segments::add));
    clauses
        .first(Clause.Window.class)
        .ifPresent(
            clause -> {
              window = new WindowSpecs(expressions).window(clause.window(), base);
              if (clause.least() != null) {
                least(clause.least());
              }
            });
    clauses.all(Clause.Least.class).forEach(this::least);
    window.ifPresent(
        w -> {
          Span at = clauses.first(Clause.Window.class).orElseThrow().span();
          leasts.forEach(least -> new NeverViolated(expressions, at).window(w, least));
        });
    offer("count", Basic.INT);
    offer("start", Basic.TIMESTAMP);
    offer("end", Basic.TIMESTAMP);
    if (clauses.has(Clause.Compare.class)) {
      offer("pairs", Basic.INT);
    }
  }

  private void windowless(Clause.Least least) {
    if (least.of().text().equals("items")) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          least.span(),
          "items are of releases; this assertion compares none",
          Optional.of("as in: compare release with previous"));
    } else {
      windowless(least.span(), "'at least' says how much a window needs");
    }
  }

  private void windowless(Span span, String clause) {
    expressions.error(
        IssueCode.MISSING_CLAUSE,
        span,
        clause + "; this assertion has no window",
        Optional.of("as in: window tumbling 1h at least 100 events"));
  }

  /** A field of the name stays what it is. */
  private void offer(String name, Type type) {
    boolean field =
        base.stream().map(s -> s.type().root()).flatMap(root -> root.field(name)).isPresent();
    if (!field) {
      level.offer(name, type);
    }
  }

  private void least(Clause.Least least) {
    new LeastChecker(clauses, expressions, !base.truths().isEmpty())
        .least(least, base)
        .ifPresent(leasts::add);
  }

  /** A {@code let}: of every event, or of every window. */
  Optional<Let> let(Name name, Expr value) {
    Term term = expressions.check(value, any ? level : base);
    Local local = base.declare(name.text(), term.type());
    Let let = new Let(local, term);
    if (!any || !locals.isOfWindow(term)) {
      return Optional.of(let);
    }
    wholly(term);
    locals.ofWindow(local);
    lets.add(let);
    return Optional.empty();
  }

  /** The window of a line: its own, or that of all. */
  Optional<Window> window(@Nullable WindowSpec own) {
    return own == null ? window : new WindowSpecs(expressions).window(own, base);
  }

  /** The condition of a line that is judged by windows. */
  Term condition(Clause.Expect line) {
    @Nullable Name across = line.across();
    if (across != null) {
      segments.need(across);
    }
    lifting.across(across == null ? null : across.text());
    Term term = expressions.check(line.condition(), level, Basic.BOOL, "'expect'");
    lifting.across(null);
    if (across != null) {
      segments.compared(across, line.condition(), term, lifting.across());
    }
    wholly(term);
    return term;
  }

  /** What a line says, against the window that it is judged by. */
  void fits(Clause.Expect line, Window own, Term condition) {
    new WindowFits(clauses, expressions)
        .line(line, own, condition, new WindowFits.Lines(lifting.statistics(), lets));
  }

  /** How bad every line is that is violated, of whatever segment. */
  void severity(Term severity) {
    if (all) {
      wholly(severity);
    }
    new WindowFits(clauses, expressions)
        .severity(severity, new WindowFits.Lines(lifting.statistics(), lets), segments.all());
  }

  /** A line that is judged at every event knows nothing of windows. */
  void single(Term term) {
    if (locals.isOfWindow(term)) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          term.span(),
          "this names something of a window, and the line has none",
          Optional.of("as in: expect … over tumbling 1h"));
    }
  }

  /** Of the whole window; one message where something is of a single event. */
  void wholly(Term term) {
    if (Subterms.isBroken(term)) {
      return;
    }
    locals
        .ofOneEvent(term)
        .ifPresent(
            part -> {
              String name = WindowLocals.nameOf(part);
              expressions.error(
                  IssueCode.WRONG_TYPE,
                  part.span(),
                  "'%s' is of one event; a window has many".formatted(name),
                  Optional.of(statistic(part.type(), name)));
            });
  }

  private static String statistic(Type type, String name) {
    if (type == Basic.BOOL) {
      return "as in: share(%s)".formatted(name);
    }
    boolean measured = type.isFloating() || type == Basic.INT || type == Basic.DURATION;
    return measured
        ? "as in: mean(%s), quantile(%s, 0.9)".formatted(name, name)
        : "as in: missing(%s), distinct(%s)".formatted(name, name);
  }

  /** From here on for sentences, which judge nothing. */
  void told() {
    lifting.told();
  }

  Optional<Windowing> windowing() {
    return any
        ? Optional.of(
            new Windowing(
                segments.all(),
                leasts,
                lifting.statistics(),
                lets,
                lifting.across(),
                given("count").or(() -> given("pairs")),
                given("start"),
                given("end")))
        : Optional.empty();
  }

  private Optional<Local> given(String name) {
    return base.given().stream()
        .filter(local -> local.name().equals(name) && locals.isOfWindow(local))
        .findFirst();
  }
}
