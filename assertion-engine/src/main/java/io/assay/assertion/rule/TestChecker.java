package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Declaration.TestDecl;
import io.assay.assertion.rule.ast.Expectation;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Given;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.CheckedTest.Expected;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Checks a test: that its events fit their stream, and that what it expects can come. */
final class TestChecker {
  private final TestDecl declaration;
  private final CheckedAssertion assertion;
  private final Map<String, CheckedStream> streams;
  private final Map<String, Term.Constant> params;
  private final Scope scope;
  private final Consumer<Issue> issues;
  private final ExpressionChecker expressions;

  TestChecker(
      TestDecl declaration,
      CheckedAssertion assertion,
      Map<String, CheckedStream> streams,
      Params params,
      Consumer<Issue> issues) {
    this.declaration = declaration;
    this.assertion = assertion;
    this.streams = streams;
    this.params = params.global();
    this.scope = Scope.ofConstants(this.params);
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
  }

  CheckedTest check() {
    if (declaration.given().isEmpty() && !declaration.damaged()) {
      issues.accept(givesNothing(declaration));
    }
    if (declaration.expected().isEmpty() && !declaration.damaged()) {
      bad(declaration.title().span(), "the test expects nothing", "as in: expect silence");
    }
    contradictions();
    List<CheckedTest.Given> given = new GivenChecker(declaration, streams, params, issues).check();
    return new CheckedTest(
        assertion.name(),
        declaration.title().value(),
        given,
        declaration.expected().stream().flatMap(e -> expected(e).stream()).toList(),
        declaration.span());
  }

  private void contradictions() {
    boolean silence =
        declaration.expected().stream().anyMatch(Expectation.Silence.class::isInstance);
    declaration.expected().stream()
        .filter(e -> silence && isViolation(e))
        .findFirst()
        .ifPresent(e -> bad(e.span(), "the test expects silence too, so it can never pass", null));
  }

  private static boolean isViolation(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Violation ignored -> true;
      case Expectation.Violations violations -> violations.count() > 0;
      case Expectation.Corrected ignored -> true;
      case Expectation.Silence ignored -> false;
      case Expectation.Undecided ignored -> false;
    };
  }

  static Issue givesNothing(TestDecl test) {
    return new Issue(
        IssueCode.BAD_TEST,
        test.title().span(),
        "the test gives no events",
        Optional.of("as in: given camera every 100ms …"));
  }

  private Optional<Expected> expected(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Silence e -> Optional.of(new Expected.Silence(e.span()));
      case Expectation.Undecided e -> Optional.of(new Expected.Undecided(e.span()));
      case Expectation.Violations e -> Optional.of(new Expected.Violations(e.count(), e.span()));
      case Expectation.Violation e -> violation(e);
      case Expectation.Corrected e -> corrected(e);
    };
  }

  /** What the output should have been, of which the test names what it cares for. */
  private Optional<Expected> corrected(Expectation.Corrected e) {
    if (assertion.consequences().corrections().isEmpty()) {
      bad(
          e.span(),
          "'%s' proposes no correction".formatted(assertion.name()),
          "as in: correct set b.label = majority(b.label)");
      return Optional.empty();
    }
    var fields = new FieldValues(expressions, scope);
    StructType root = assertion.on().root();
    Optional<StructType.Field> field = fields.field(root, e.value().field(), false);
    Optional<List<Value>> values = field.flatMap(f -> corrected(fields, f, e));
    return values.flatMap(
        checked ->
            time(e.at(), "the time of the corrected event")
                .map(
                    nanos ->
                        new Expected.Corrected(
                            nanos,
                            e.without(),
                            field.get().name(),
                            e.value() instanceof Given.Records,
                            checked,
                            e.span())));
  }

  private Optional<List<Value>> corrected(
      FieldValues fields, StructType.Field field, Expectation.Corrected e) {
    return switch (e.value()) {
      case Given.Scalar scalar -> fields.value(field, scalar.value()).map(List::of);
      case Given.Records records -> {
        Type one = field.type() instanceof Type.ListOf(Type element) ? element : field.type();
        if (!(one instanceof StructType type)) {
          bad(
              records.field().span(),
              "'%s' is neither a record nor a list of records".formatted(field.name()),
              "a value stands behind the name alone");
          yield Optional.empty();
        }
        yield corrected(fields, type, records);
      }
    };
  }

  private Optional<List<Value>> corrected(
      FieldValues fields, StructType type, Given.Records records) {
    if (records.records().size() > 1) {
      bad(
          records.records().get(1).span(),
          "'expect corrected' names one element, got %d".formatted(records.records().size()),
          "each has its own: expect corrected at …");
      return Optional.empty();
    }
    List<Setting> settings = records.records().getFirst().values();
    List<Value> values = fields.values(type, settings, false);
    return values.size() == settings.size() ? Optional.of(values) : Optional.empty();
  }

  /** At 0 is the first event, so here a duration may be nothing. */
  private Optional<Long> time(Expr at, String what) {
    Term term = expressions.check(at, scope, Basic.DURATION, what);
    return term instanceof Term.Constant(Long nanos, Type ignored, Span span)
        ? Optional.of(nanos)
        : Optional.empty();
  }

  private Optional<Expected> violation(Expectation.Violation e) {
    List<Value> with = e.with().stream().flatMap(s -> expectedValue(s).stream()).toList();
    if (e.at() == null) {
      if (!e.with().isEmpty()) {
        bad(
            e.span(),
            "a violation with values needs its time",
            "as in: expect violation at 300ms with …");
      }
      return Optional.of(new Expected.Violations(1, e.span()));
    }
    return time(e.at(), "the time of the violation")
        .map(nanos -> new Expected.ViolationAt(nanos, with, e.span()));
  }

  private Optional<Value> expectedValue(Setting setting) {
    String name = setting.name().text();
    Map<String, Type> known = known();
    Type type = known.get(name);
    if (type == null) {
      expressions.error(
          IssueCode.UNKNOWN_NAME,
          setting.name().span(),
          "a violation of '%s' has no value '%s'".formatted(assertion.name(), name),
          Suggestions.didYouMean(name, known.keySet())
              .or(() -> Optional.of("it has " + String.join(", ", known.keySet()))));
      return Optional.empty();
    }
    Type written = type instanceof Type.EnumOf ? Basic.STRING : type;
    Term term = expressions.check(setting.value(), scope, written, "'%s'".formatted(name));
    Optional<Issue> unknown = EnumValues.unknown(term, type);
    unknown.ifPresent(issues);
    boolean can = term.type() != Basic.UNKNOWN && unknown.isEmpty();
    return can ? Optional.of(new Value(name, term)) : Optional.empty();
  }

  private Map<String, Type> known() {
    Type sighted = assertion.each().map(e -> e.element().type()).orElse(assertion.event().type());
    Map<String, Type> known = new TreeMap<>();
    KindNames.of(assertion.kind(), sighted)
        .forEach(
            (name, type) -> {
              // A record cannot be written down.
              if (!(type instanceof StructType) && !(type instanceof Type.ListOf)) {
                known.put(name, type);
              }
            });
    assertion.context().windowing().ifPresent(windowing -> ofWindow(windowing, known));
    if (!(assertion.kind() instanceof Kind.Schema)) {
      known.put("severity", Basic.DOUBLE);
    }
    return known;
  }

  /** What is worked out of a window, where it can be written down. */
  private static void ofWindow(Windowing windowing, Map<String, Type> known) {
    known.put("count", Basic.INT);
    windowing.segments().forEach(cut -> known.put(cut.name(), cut.local().type()));
    windowing.lets().stream()
        .map(CheckedAssertion.Let::local)
        .filter(local -> local.type() instanceof Basic)
        .forEach(local -> known.put(local.name(), local.type()));
  }

  private void bad(
      Span span, String message, @org.jspecify.annotations.Nullable String suggestion) {
    issues.accept(new Issue(IssueCode.BAD_TEST, span, message, Optional.ofNullable(suggestion)));
  }
}
