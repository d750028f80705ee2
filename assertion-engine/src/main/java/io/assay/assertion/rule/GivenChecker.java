package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Bound;
import io.assay.assertion.rule.ast.Declaration.TestDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Given;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.CheckedTest.Series;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the events that a test gives: that they fit their stream, and how many they are. */
final class GivenChecker {
  /** A test is read by people and run at every change; more belongs into a recording. */
  private static final long MOST_EVENTS = 100_000;

  private final TestDecl declaration;
  private final Map<String, CheckedStream> streams;
  private final Map<String, Term.Constant> params;
  private final Consumer<Issue> issues;
  private final ExpressionChecker expressions;

  GivenChecker(
      TestDecl declaration,
      Map<String, CheckedStream> streams,
      Map<String, Term.Constant> params,
      Consumer<Issue> issues) {
    this.declaration = declaration;
    this.streams = streams;
    this.params = params;
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
  }

  List<CheckedTest.Given> check() {
    String seen = seen();
    return declaration.given().stream().flatMap(given -> given(given, seen).stream()).toList();
  }

  private String seen() {
    if (declaration.seen().isEmpty()) {
      return "";
    }
    for (Text again : declaration.seen().subList(1, declaration.seen().size())) {
      expressions.error(
          IssueCode.REPEATED_CLAUSE,
          again.span(),
          "a test has one 'seen', which all its series follow",
          Optional.of("give one string with a character for each event"));
    }
    Text seen = declaration.seen().getFirst();
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
    Optional<Long> every = duration(series.every(), "'every'", 1);
    Scope scope = Scope.ofConstants(params).child();
    Local index = scope.declare("i", Basic.INT);
    var generators = new Generators(expressions, scope);
    scope.lifting(generators);
    var fields = new SeriesFields(expressions, scope, generators, stream);
    series.values().forEach(fields::take);
    needsKey(series, stream.type(), fields.values());
    Optional<Long> from = duration(series.from(), "'from'", 0);
    Optional<Long> count = every.flatMap(nanos -> count(series.lasting(), nanos, seen));
    if (from.isEmpty() || count.isEmpty()) {
      return Optional.empty();
    }
    var times = new CheckedTest.Times(every.orElseThrow(), from.get(), count.get());
    var made = new Series(index, scope.locals(), generators.made());
    return Optional.of(
        new CheckedTest.Given.Pattern(
            stream.type(), times, fields.values(), fields.records(), seen, made, series.span()));
  }

  /** Without {@code for}, one event for each character of {@code seen}, or one. */
  private Optional<Long> count(@Nullable Bound lasting, long every, String seen) {
    if (lasting == null) {
      return Optional.of((long) Math.max(1, seen.length()));
    }
    Type wanted = lasting.events() ? Basic.INT : Basic.DURATION;
    Term term = expressions.check(lasting.amount(), Scope.ofConstants(params), wanted, "'for'");
    if (!(term instanceof Term.Constant(Long amount, Type ignored, Span span))) {
      return Optional.empty();
    }
    long count = lasting.events() ? amount : Math.ceilDiv(amount, every);
    if (count < 1 || count > MOST_EVENTS) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          span,
          "a test makes 1 to %,d events, got %,d".formatted(MOST_EVENTS, count));
      return Optional.empty();
    }
    return Optional.of(count);
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

  private Optional<Long> duration(@Nullable Expr expr, String what, long least) {
    if (expr == null) {
      return Optional.of(0L);
    }
    Term term = expressions.check(expr, Scope.ofConstants(params), Basic.DURATION, what);
    if (term instanceof Term.Constant(Long nanos, Type ignored, Span span)) {
      if (nanos >= least) {
        return Optional.of(nanos);
      }
      String needed = least > 0 ? "longer than nothing" : "of nothing or more";
      expressions.error(
          IssueCode.OUT_OF_BOUNDS, span, "%s needs a duration %s".formatted(what, needed));
    }
    return Optional.empty();
  }

  private void bad(Span span, String message, @Nullable String suggestion) {
    issues.accept(new Issue(IssueCode.BAD_TEST, span, message, Optional.ofNullable(suggestion)));
  }
}
