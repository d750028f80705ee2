package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Scope.CheckedStream;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Declaration.ModelDecl;
import io.assay.assertion.rule.ast.Declaration.ParamDecl;
import io.assay.assertion.rule.ast.Declaration.RouteDecl;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.Declaration.TestDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.RuleFile;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks all files together: who is declared, then streams, parameters, assertions, tests. */
final class RuleSetChecker {
  private final List<Declaration> declarations;
  private final Params params;
  private final Consumer<Issue> issues;
  private final Set<String> routes;
  private final Set<String> asserted;
  private final Set<String> embeddings;
  private final Map<String, CheckedStream> streams = new LinkedHashMap<>();
  private final Map<String, Map<String, Expr>> slices = new HashMap<>();
  private final Map<String, CheckedAssertion> assertions = new LinkedHashMap<>();

  RuleSetChecker(List<RuleFile> files, Map<String, String> overrides, Consumer<Issue> issues) {
    this.declarations = files.stream().flatMap(f -> f.declarations().stream()).toList();
    this.params = new Params(overrides, issues);
    this.issues = issues;
    this.routes = names(RouteDecl.class);
    this.asserted = names(AssertionDecl.class);
    this.embeddings = names(Declaration.EmbeddingsDecl.class);
  }

  CheckedRules check(String documentHash) {
    duplicates();
    Set<String> models = names(ModelDecl.class);
    of(StreamDecl.class).forEach(stream -> stream(stream, models));
    of(ParamDecl.class).forEach(params::declare);
    of(AssertionDecl.class).forEach(this::assertion);
    params.unknownOverrides();
    List<CheckedTest> tests = of(TestDecl.class).stream().flatMap(t -> test(t).stream()).toList();
    unusedStreams();
    return new CheckedRules(
        streams.values().stream().map(CheckedStream::type).toList(),
        List.copyOf(assertions.values()),
        tests,
        documentHash);
  }

  private <D extends Declaration> List<D> of(Class<D> kind) {
    return declarations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private Set<String> names(Class<? extends Declaration> kind) {
    var names = new HashSet<String>();
    of(kind).forEach(d -> names.add(d.name().text()));
    return names;
  }

  /** Streams and embeddings share their names; tests of one assertion share its name by intent. */
  private void duplicates() {
    Map<String, Name> first = new HashMap<>();
    for (Declaration declaration : declarations) {
      String kind =
          switch (declaration) {
            case TestDecl ignored -> "";
            case ModelDecl ignored -> "model";
            case ParamDecl ignored -> "param";
            case RouteDecl ignored -> "route";
            case AssertionDecl ignored -> "assertion";
            case StreamDecl ignored -> "stream";
            case Declaration.EmbeddingsDecl ignored -> "stream";
          };
      Name name = declaration.name();
      Name earlier = kind.isEmpty() ? null : first.putIfAbsent(kind + " " + name.text(), name);
      if (earlier != null) {
        issues.accept(
            new Issue(
                IssueCode.DUPLICATE,
                name.span(),
                "%s '%s' is declared already, at %s:%d"
                    .formatted(kind, name.text(), earlier.span().source(), earlier.span().line())));
      }
    }
  }

  private void stream(StreamDecl declaration, Set<String> models) {
    StreamType type = new StreamChecker(declaration, models, issues).check();
    String name = declaration.name().text();
    streams.putIfAbsent(name, new CheckedStream(type, declaration.damaged()));
    Map<String, Expr> conditions = new HashMap<>();
    for (StreamItem item : declaration.items()) {
      if (item instanceof StreamItem.Slice slice) {
        conditions.putIfAbsent(slice.name().text(), slice.condition());
      }
    }
    slices.putIfAbsent(name, conditions);
  }

  private void assertion(AssertionDecl declaration) {
    routes(declaration);
    if (declaration.stream().text().isEmpty()) {
      return;
    }
    String on = declaration.stream().text();
    CheckedStream stream = streams.get(on);
    if (stream == null) {
      // Embeddings are judged by kinds of their own, and labels are a stream without a declaration.
      if (!embeddings.contains(on) && !on.equals("labels")) {
        unknownStream(declaration.stream());
      } else {
        AssertionChecker.pending(declaration, "compare", issues);
      }
      return;
    }
    Map<String, Term.Constant> values = params.with(declaration.clauses());
    Scope scope = Scope.ofStream(stream, values, slices.getOrDefault(on, Map.of()));
    new AssertionChecker(declaration, stream, scope, issues)
        .check()
        .ifPresent(checked -> assertions.putIfAbsent(checked.name(), checked));
  }

  private void unknownStream(Name name) {
    issues.accept(
        new Issue(
            IssueCode.UNKNOWN_STREAM,
            name.span(),
            "unknown stream '%s'".formatted(name.text()),
            Suggestions.didYouMean(name.text(), streams.keySet())
                .or(
                    () ->
                        streams.isEmpty()
                            ? Optional.of(
                                "a stream is declared as: stream NAME from topic \"…\" { … }")
                            : Optional.of("declared are " + String.join(", ", streams.keySet())))));
  }

  private void routes(AssertionDecl declaration) {
    for (Clause clause : declaration.clauses()) {
      if (clause instanceof Clause.Alert alert) {
        for (Name route : alert.routes()) {
          if (!routes.contains(route.text())) {
            issues.accept(
                new Issue(
                    IssueCode.UNKNOWN_ROUTE,
                    route.span(),
                    "unknown route '%s'".formatted(route.text()),
                    Suggestions.didYouMean(route.text(), routes)));
          }
        }
      }
    }
  }

  private Optional<CheckedTest> test(TestDecl declaration) {
    Name name = declaration.name();
    if (!asserted.contains(name.text())) {
      issues.accept(
          new Issue(
              IssueCode.UNKNOWN_ASSERTION,
              name.span(),
              "unknown assertion '%s'".formatted(name.text()),
              Suggestions.didYouMean(name.text(), asserted)));
      return Optional.empty();
    }
    CheckedAssertion assertion = assertions.get(name.text());
    return assertion == null
        ? pending(declaration)
        : Optional.of(new TestChecker(declaration, assertion, streams, params, issues).check());
  }

  /**
   * Without its assertion checked there is nothing a test could be held against; it is kept, so
   * that it is counted.
   */
  private static Optional<CheckedTest> pending(TestDecl declaration) {
    return Optional.of(
        new CheckedTest(
            declaration.name().text(),
            declaration.title().value(),
            List.of(),
            List.of(),
            declaration.span()));
  }

  private void unusedStreams() {
    Set<String> used = new HashSet<>();
    for (AssertionDecl assertion : of(AssertionDecl.class)) {
      used.add(assertion.stream().text());
      for (Clause clause : assertion.clauses()) {
        if (clause instanceof Clause.Join join) {
          join.partners().forEach(partner -> used.add(partner.text()));
        }
      }
    }
    // A misspelt stream is told by itself; the one that was meant is used then.
    boolean misspelt = used.stream().anyMatch(name -> !streams.containsKey(name));
    if (misspelt && of(Declaration.EmbeddingsDecl.class).isEmpty()) {
      return;
    }
    for (StreamDecl stream : of(StreamDecl.class)) {
      if (!used.contains(stream.name().text()) && !stream.damaged()) {
        issues.accept(
            new Issue(
                IssueCode.UNUSED_STREAM,
                stream.name().span(),
                "no assertion reads stream '%s'; only its schema is judged"
                    .formatted(stream.name().text())));
      }
    }
  }
}
