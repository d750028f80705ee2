package io.assay.assertion.rule;

import io.assay.assertion.rule.AssayParser.TestItemContext;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Expectation;
import io.assay.assertion.rule.ast.Given;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Text;
import java.util.ArrayList;

/** Makes the tree of a test: what is given, what is expected. */
final class TestBuilder {
  private final ExpressionBuilder expressions;
  private final ClauseRecovery recovery;

  TestBuilder(ExpressionBuilder expressions, ClauseRecovery recovery) {
    this.expressions = expressions;
    this.recovery = recovery;
  }

  Declaration test(AssayParser.TestDeclContext c, Name assertion, Text title, boolean damaged) {
    var given = new ArrayList<Given>();
    var expected = new ArrayList<Expectation>();
    var seen = new ArrayList<Text>();
    for (TestItemContext item : c.testItem()) {
      if (item.exception != null || recovery.isSpoilt(item)) {
        continue;
      }
      if (item.givenItem() != null) {
        given.add(given(item.givenItem()));
      } else if (item.seenItem() != null) {
        seen.add(expressions.text(item.seenItem().STRING()));
      } else if (item.expectItem() != null) {
        expected.add(expected(item.expectItem()));
      }
    }
    return new Declaration.TestDecl(
        assertion, title, given, seen, expected, damaged, expressions.span(c));
  }

  private Given given(AssayParser.GivenItemContext c) {
    Name stream = expressions.name(c.name());
    Span span = expressions.span(c);
    return c.STRING() != null
        ? new Given.FromFile(stream, expressions.text(c.STRING()), span)
        : new Given.Series(
            stream,
            expressions.amount(c.amount(0)),
            c.bound() == null ? null : expressions.bound(c.bound()),
            c.FROM() == null ? null : expressions.amount(c.amount(1)),
            c.givenValue().stream().map(this::value).toList(),
            span);
  }

  private Given.Value value(AssayParser.GivenValueContext c) {
    Name field = expressions.name(c.givenName());
    return c.expr() == null
        ? new Given.Records(
            field, c.givenRecord().stream().map(this::fields).toList(), expressions.span(c))
        : new Given.Scalar(field, expressions.expression(c.expr()));
  }

  private Given.Fields fields(AssayParser.GivenRecordContext c) {
    return new Given.Fields(expressions.fields(c.structFields()), expressions.span(c));
  }

  private Expectation expected(AssayParser.ExpectItemContext context) {
    Span span = expressions.span(context);
    return switch (context) {
      case AssayParser.ViolationExpectedContext c ->
          new Expectation.Violation(
              c.amount() == null ? null : expressions.amount(c.amount()),
              expressions.settings(c.setting()),
              span);
      case AssayParser.CountExpectedContext c ->
          new Expectation.Violations(count(c.INT().getText()), span);
      case AssayParser.SilenceExpectedContext ignored -> new Expectation.Silence(span);
      case AssayParser.UndecidedExpectedContext ignored -> new Expectation.Undecided(span);
      case AssayParser.CorrectedExpectedContext c ->
          new Expectation.Corrected(
              expressions.amount(c.amount()), c.WITHOUT() != null, value(c.givenValue()), span);
      default -> throw new IllegalStateException("unknown expectation " + context.getText());
    };
  }

  private static long count(String digits) {
    // More than any test could play is as good as the number itself.
    return digits.startsWith("0x") || digits.length() > 18
        ? Long.MAX_VALUE
        : Long.parseLong(digits);
  }
}
