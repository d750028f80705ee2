package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Scope.CheckedStream;
import io.assay.assertion.rule.ast.Declaration.TestDecl;
import io.assay.assertion.rule.ast.Expectation;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Given;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.CheckedTest.Expected;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
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
    this.scope = Scope.ofConstants(params.global());
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
  }

  CheckedTest check() {
    if (declaration.given().isEmpty() && !declaration.damaged()) {
      bad(
          declaration.title().span(),
          "the test gives no events",
          "as in: given camera every 100ms …");
    }
    if (declaration.expected().isEmpty() && !declaration.damaged()) {
      bad(declaration.title().span(), "the test expects nothing", "as in: expect silence");
    }
    String seen = seen();
    return new CheckedTest(
        assertion.name(),
        declaration.title().value(),
        declaration.given().stream().flatMap(g -> given(g, seen).stream()).toList(),
        declaration.expected().stream().flatMap(e -> expected(e).stream()).toList(),
        declaration.span());
  }

  private String seen() {
    Text seen = declaration.seen();
    if (seen == null) {
      return "";
    }
    if (!seen.value().matches("[01]+")) {
      bad(
          seen.span(),
          "'seen' has one character an event: 1 with the element, 0 without",
          "as in: seen \"11011\"");
      return "";
    }
    return seen.value();
  }

  private Optional<CheckedTest.Given> given(Given given, String seen) {
    Name name = given.stream();
    CheckedStream stream = streams.get(name.text());
    if (stream == null) {
      expressions.error(
          IssueCode.UNKNOWN_STREAM,
          name.span(),
          "unknown stream '%s'".formatted(name.text()),
          Suggestions.didYouMean(name.text(), streams.keySet()));
      return Optional.empty();
    }
    return switch (given) {
      case Given.FromFile file ->
          Optional.of(new CheckedTest.Given.Lines(stream.type(), file.file().value(), file.span()));
      case Given.Series series -> series(series, stream, seen);
    };
  }

  private Optional<CheckedTest.Given> series(
      Given.Series series, CheckedStream stream, String seen) {
    Optional<Long> every = nanos(series.every(), "'every'");
    StructType root = stream.type().root();
    var values = new ArrayList<Value>();
    Optional<String> list = Optional.empty();
    List<Value> element = List.of();
    for (Given.Value value : series.values()) {
      Optional<StructType.Field> field = field(root, value.field(), stream.damaged());
      if (field.isEmpty()) {
        continue;
      }
      switch (value) {
        case Given.Scalar scalar -> value(field.get(), scalar.value()).ifPresent(values::add);
        case Given.Element record -> {
          if (field.get().type() instanceof Type.ListOf(StructType type)) {
            list = Optional.of(field.get().name());
            element = fields(type, record.values(), stream.damaged());
          } else {
            bad(
                record.field().span(),
                "'%s' is no list of records".formatted(record.field().text()),
                "a value stands behind the name alone");
          }
        }
      }
    }
    needsKey(series, stream.type(), values);
    List<Value> checked = element;
    Optional<String> into = list;
    return every.map(
        nanos ->
            new CheckedTest.Given.Pattern(
                stream.type(), nanos, values, into, checked, seen, series.span()));
  }

  private void needsKey(Given.Series series, StreamType stream, List<Value> values) {
    boolean has = values.stream().anyMatch(v -> v.name().equals(stream.key().name()));
    boolean tried =
        series.values().stream().anyMatch(v -> v.field().text().equals(stream.key().name()));
    if (!has && !tried && !stream.key().name().startsWith("$")) {
      bad(
          series.span(),
          "the events need a value for the key '%s'".formatted(stream.key().name()),
          "as in: given %s every 100ms %s \"a\" …".formatted(stream.name(), stream.key().name()));
    }
  }

  private List<Value> fields(StructType type, List<Setting> settings, boolean damaged) {
    var values = new ArrayList<Value>();
    for (Setting setting : settings) {
      field(type, setting.name(), damaged)
          .flatMap(field -> value(field, setting.value()))
          .ifPresent(values::add);
    }
    boolean known = settings.stream().allMatch(s -> type.field(s.name().text()).isPresent());
    for (StructType.Field field : type.fields()) {
      boolean given = settings.stream().anyMatch(s -> s.name().text().equals(field.name()));
      if (!given && !field.optional() && !damaged && known) {
        bad(
            declaration.title().span(),
            "the element has no '%s', which %s needs".formatted(field.name(), type.name()),
            null);
      }
    }
    return values;
  }

  private Optional<StructType.Field> field(StructType type, Name name, boolean damaged) {
    Optional<StructType.Field> field = type.field(name.text());
    if (field.isEmpty() && !damaged) {
      List<String> known = type.fields().stream().map(StructType.Field::name).toList();
      expressions.error(
          IssueCode.UNKNOWN_FIELD,
          name.span(),
          "unknown field '%s' of %s".formatted(name.text(), type.name()),
          Suggestions.didYouMean(name.text(), known));
    }
    return field;
  }

  private Optional<Value> value(StructType.Field field, Expr expr) {
    Term term = expressions.check(expr, scope);
    if (term.type() == Basic.NULL && field.optional()) {
      return Optional.of(new Value(field.name(), term));
    }
    Term fitted = OverloadChooser.promoted(term, field.type()).orElse(term);
    if (fitted.type() == Basic.UNKNOWN || field.type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    // A wrong value is a test's good right where the type can hold it: an enum's unknown value is
    // one.
    boolean text = field.type() instanceof Type.EnumOf && fitted.type() == Basic.STRING;
    if (!text && !Types.isA(fitted.type(), field.type())) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          term.span(),
          "'%s' is %s, got %s"
              .formatted(field.name(), TypeText.aOrAn(field.type()), TypeText.aOrAn(term.type())));
      return Optional.empty();
    }
    return Optional.of(new Value(field.name(), fitted));
  }

  private Optional<Expected> expected(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Silence e -> Optional.of(new Expected.Silence(e.span()));
      case Expectation.Undecided e -> Optional.of(new Expected.Undecided(e.span()));
      case Expectation.Violations e -> Optional.of(new Expected.Violations(e.count(), e.span()));
      case Expectation.Violation e -> violation(e);
    };
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
    // At 0 is the first event, so here a duration may be nothing.
    Term at = expressions.check(e.at(), scope, Basic.DURATION, "the time of the violation");
    return at instanceof Term.Constant(Long nanos, Type ignored, Span span)
        ? Optional.of(new Expected.ViolationAt(nanos, with, e.span()))
        : Optional.empty();
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
    if (!(assertion.kind() instanceof Kind.Schema)) {
      known.put("severity", Basic.DOUBLE);
    }
    return known;
  }

  private Optional<Long> nanos(Expr expr, String what) {
    Term term = expressions.check(expr, scope, Basic.DURATION, what);
    if (term instanceof Term.Constant(Long nanos, Type ignored, Span span)) {
      if (nanos > 0) {
        return Optional.of(nanos);
      }
      expressions.error(
          IssueCode.OUT_OF_BOUNDS, span, "%s needs a duration longer than nothing".formatted(what));
    }
    return Optional.empty();
  }

  private void bad(
      Span span, String message, @org.jspecify.annotations.Nullable String suggestion) {
    issues.accept(new Issue(IssueCode.BAD_TEST, span, message, Optional.ofNullable(suggestion)));
  }
}
