package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the lines of {@code expect}, each with a verdict of its own. */
final class ExpectKinds {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final WindowChecker windows;
  private final Ranges passed;
  private final Set<String> names = new HashSet<>();
  private final List<Kind.Expectation> lines = new ArrayList<>();

  ExpectKinds(
      ClauseList clauses, ExpressionChecker expressions, WindowChecker windows, Ranges passed) {
    this.passed = passed;
    this.clauses = clauses;
    this.expressions = expressions;
    this.windows = windows;
  }

  List<Kind.Expectation> lines(Scope scope) {
    for (Clause clause : clauses.declaration().clauses()) {
      if (clause instanceof Clause.Expect expect) {
        isNew(expect.label());
        line(expect, Optional.ofNullable(expect.label()).map(Name::text), scope);
      } else if (clause instanceof Clause.ForEach each) {
        forEach(each, scope);
      }
    }
    return List.copyOf(lines);
  }

  private void isNew(@Nullable Name label) {
    if (label != null && !names.add(label.text())) {
      expressions.error(
          IssueCode.DUPLICATE,
          label.span(),
          "an expectation is called '%s' already".formatted(label.text()));
    }
  }

  /** One line for each field of a group. */
  private void forEach(Clause.ForEach each, Scope scope) {
    StructType root = scope.stream().orElseThrow().type().root();
    Optional<StructType.Field> group = root.field(each.group().text());
    if (group.isEmpty() || !(group.get().type() instanceof StructType fields)) {
      noGroup(each.group(), root, scope);
      return;
    }
    Local event = scope.event().orElseThrow();
    String prefix = (each.expect().label() == null ? each.group() : each.expect().label()).text();
    isNew(prefix, each);
    for (StructType.Field field : fields.fields()) {
      scope.alias(
          each.field().text(),
          span ->
              new Term.Select(
                  new Term.Select(new Term.Read(event, span), group.get(), span), field, span));
      expressions.about("for '%s'".formatted(field.name()));
      line(each.expect(), Optional.of(prefix + "." + field.name()), scope);
    }
    expressions.about("");
    scope.forgetAlias(each.field().text());
  }

  private void isNew(String prefix, Clause.ForEach each) {
    if (!names.add(prefix)) {
      expressions.error(
          IssueCode.DUPLICATE,
          each.span(),
          "expectations are called '%s' already".formatted(prefix),
          Optional.of(
              "give them a name: for %s in %s expect NAME: …"
                  .formatted(each.field().text(), each.group().text())));
    }
  }

  private void noGroup(Name name, StructType root, Scope scope) {
    List<String> groups =
        root.fields().stream()
            .filter(field -> field.type() instanceof StructType)
            .map(StructType.Field::name)
            .toList();
    if (!scope.unread().isDamaged()) {
      expressions.error(
          root.field(name.text()).isPresent() ? IssueCode.WRONG_TYPE : IssueCode.UNKNOWN_FIELD,
          name.span(),
          "'for' goes over a group of fields; '%s' is none".formatted(name.text()),
          Suggestions.didYouMean(name.text(), groups)
              .or(
                  () ->
                      Optional.of(
                          groups.isEmpty()
                              ? "a group is declared as: features { … }"
                              : "groups are " + String.join(", ", groups))));
    }
  }

  private void line(Clause.Expect expect, Optional<String> name, Scope scope) {
    Optional<Window> window = windows.window(expect.over());
    boolean windowed = expect.over() != null || clauses.has(Clause.Window.class);
    Term condition = windowed ? windows.condition(expect) : single(expect, scope);
    window.ifPresent(own -> windows.fits(expect, own, condition));
    NeverViolated.condition(expressions, condition, passed, "'expect'");
    Term lenient =
        expect.whenPresent() ? new Term.WhenPresent(condition, expect.span()) : condition;
    @Nullable Name across = expect.across();
    lines.add(
        new Kind.Expectation(name, lenient, window, Optional.ofNullable(across).map(Name::text)));
  }

  private Term single(Clause.Expect expect, Scope scope) {
    if (expect.across() != null) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          expect.across().span(),
          "'across' compares the segments of windows, and there is no window",
          Optional.of("as in: by region, window tumbling 1h"));
      return ExpressionChecker.unknown(expect.span());
    }
    Term condition = expressions.check(expect.condition(), scope, Basic.BOOL, "'expect'");
    windows.single(condition);
    Subterms.reads(condition)
        .filter(local -> scope.isTruth(local.name()))
        .findFirst()
        .ifPresent(
            truth ->
                expressions.error(
                    IssueCode.MISSING_CLAUSE,
                    condition.span(),
                    "'%s' comes later than the event; only windows wait for it"
                        .formatted(truth.name()),
                    Optional.of("as in: window tumbling 7d at least 500 truths")));
    return condition;
  }
}
