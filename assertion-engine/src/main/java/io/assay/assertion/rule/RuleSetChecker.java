package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Declaration.EmbeddingsDecl;
import io.assay.assertion.rule.ast.Declaration.ModelDecl;
import io.assay.assertion.rule.ast.Declaration.ParamDecl;
import io.assay.assertion.rule.ast.Declaration.RouteDecl;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.Declaration.TestDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.RuleFile;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.Model;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks all files together: who is declared, then streams, parameters, assertions, tests. */
final class RuleSetChecker {
  /** Clauses that say over what is judged: without one of them the others mean something else. */
  private static final Set<String> SETTING = Set.of("window", "join", "match", "compare");

  private final List<Declaration> declarations;
  private final Params params;
  private final Consumer<Issue> issues;
  private final Declarations declared;
  private final Triggers triggers;
  private final Set<String> asserted;
  private final Set<String> embeddings;
  private final Set<String> repeated = new HashSet<>();
  private final Map<String, CheckedAssertion> assertions = new LinkedHashMap<>();

  RuleSetChecker(
      List<RuleFile> files,
      Map<String, String> overrides,
      UsualBook usual,
      Consumer<Issue> issues) {
    this.declarations = files.stream().flatMap(f -> f.declarations().stream()).toList();
    this.params = new Params(overrides, issues);
    this.issues = issues;
    this.declared = new Declarations(names(RouteDecl.class), usual);
    this.triggers = new Triggers(of(AssertionDecl.class), this::assertion, issues);
    this.asserted = names(AssertionDecl.class);
    this.embeddings = names(EmbeddingsDecl.class);
  }

  CheckedRules check(String documentHash) {
    duplicates();
    repeatedTests();
    Set<String> models = names(ModelDecl.class);
    of(ParamDecl.class).forEach(params::declare);
    List<String> features = FeatureNames.ofAll(of(StreamDecl.class));
    of(StreamDecl.class).forEach(stream -> stream(stream, models, features));
    var embedded = new EmbeddingsChecker(issues);
    of(EmbeddingsDecl.class).forEach(e -> embedded.check(e).ifPresent(declared::add));
    of(AssertionDecl.class)
        .forEach(d -> triggers.check(d).ifPresent(a -> assertions.putIfAbsent(a.name(), a)));
    Set<String> pending =
        PendingAssertions.names(assertions.values(), of(AssertionDecl.class), issues);
    params.unknownOverrides();
    List<CheckedTest> tests = of(TestDecl.class).stream().flatMap(t -> test(t).stream()).toList();
    unusedStreams();
    return new CheckedRules(
        declared.streams().values().stream().map(CheckedStream::type).toList(),
        assertions.values().stream().filter(a -> !pending.contains(a.name())).toList(),
        assertions.values().stream().filter(a -> pending.contains(a.name())).toList(),
        tests,
        declared(),
        documentHash);
  }

  private CheckedRules.Declared declared() {
    var expressions = new ExpressionChecker(issues);
    var seen = new HashSet<String>();
    var slices = new SliceChecker(expressions, declared, params.global());
    var routes = new RouteChecker(expressions, params.global(), declared.streams().values());
    return new CheckedRules.Declared(
        of(ModelDecl.class).stream().map(RuleSetChecker::model).toList(),
        of(StreamDecl.class).stream()
            .filter(d -> seen.add(d.name().text()))
            .map(
                d ->
                    slices.check(
                        d, Objects.requireNonNull(declared.streams().get(d.name().text()))))
            .toList(),
        declared.embeddings(),
        of(RouteDecl.class).stream().map(routes::route).toList(),
        params.global());
  }

  private static Model model(ModelDecl declaration) {
    return new Model(
        declaration.name().text(),
        Optional.ofNullable(declaration.title()).map(Text::value),
        Optional.ofNullable(declaration.owner()).map(Text::value));
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
            case EmbeddingsDecl ignored -> "stream";
          };
      Name name = declaration.name();
      Name earlier = kind.isEmpty() ? null : first.putIfAbsent(kind + " " + name.text(), name);
      if (earlier != null) {
        // Which of the two is meant is not known, hence neither which fields there are.
        repeated.add(kind + " " + name.text());
        issues.accept(
            new Issue(
                IssueCode.DUPLICATE,
                name.span(),
                "%s '%s' is declared already, at %s:%d"
                    .formatted(kind, name.text(), earlier.span().source(), earlier.span().line()),
                earlier.span().source().equals(name.span().source())
                    ? Optional.empty()
                    : Optional.of("files that are given together share their names")));
      }
    }
  }

  /** Reports know a test by its assertion and title, and generated values are drawn by them. */
  private void repeatedTests() {
    record Titled(String assertion, String title) {}
    Map<Titled, TestDecl> first = new HashMap<>();
    for (TestDecl test : of(TestDecl.class)) {
      if (test.damaged()) {
        continue;
      }
      TestDecl earlier =
          first.putIfAbsent(new Titled(test.name().text(), test.title().value()), test);
      if (earlier != null) {
        issues.accept(
            new Issue(
                IssueCode.DUPLICATE,
                test.title().span(),
                "'%s' has a test of this title already, at %s:%d"
                    .formatted(
                        test.name().text(),
                        earlier.title().span().source(),
                        earlier.title().span().line()),
                Optional.of("say what is different here")));
      }
    }
  }

  private void stream(StreamDecl declaration, Set<String> models, List<String> features) {
    List<String> names = FeatureNames.of(declaration, features);
    var checker = new StreamChecker(declaration, models, names, issues);
    StreamType type = checker.check();
    Map<String, Term.Constant> calibrations = new Calibrations(issues).of(declaration, type);
    Map<String, Expr> conditions = new HashMap<>();
    for (StreamItem item : declaration.items()) {
      if (item instanceof StreamItem.Slice slice) {
        conditions.putIfAbsent(slice.name().text(), slice.condition());
      }
    }
    boolean incomplete =
        declaration.damaged() || repeated.contains("stream " + declaration.name().text());
    var later = new LaterParts(declaration, type, params.global(), issues);
    declared.add(
        new CheckedStream(
            type,
            incomplete,
            checker.tolerances(),
            calibrations,
            later.truths(),
            later.imputation()),
        conditions);
  }

  private Optional<CheckedAssertion> assertion(AssertionDecl declaration) {
    String on = declaration.stream().text();
    if (on.isEmpty() || SETTING.stream().anyMatch(declaration.unread()::contains)) {
      return Optional.empty();
    }
    // Labels are a stream without a declaration; of broken embeddings nothing can be said.
    boolean known = declared.streams().containsKey(on) || declared.embeddings(on).isPresent();
    if (!known && (embeddings.contains(on) || on.equals("labels"))) {
      unchecked(declaration, on);
      return Optional.empty();
    }
    return declared
        .embeddings(on)
        .map(Declarations::asStream)
        .or(() -> declared.stream(declaration.stream(), new ExpressionChecker(issues)))
        .flatMap(
            stream -> {
              Map<String, Term.Constant> values = params.with(declaration.clauses());
              Scope scope = Scope.ofStream(stream, values, declared);
              scope.forgive(declaration.unread());
              return new AssertionChecker(declaration, declared, triggers, scope, issues).check();
            });
  }

  private void unchecked(AssertionDecl declaration, String on) {
    var clauses = new ClauseList(declaration, issues);
    ConsequenceChecker.routes(clauses, declared, new ExpressionChecker(issues));
    if (on.equals("labels")) {
      AssertionChecker.pending(declaration, "on labels", issues);
    }
  }

  private Optional<CheckedTest> test(TestDecl declaration) {
    Name name = declaration.name();
    if (!asserted.contains(name.text()) && name.text().equals(CheckedAssertion.SCHEMA)) {
      return schemaTest(declaration);
    }
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
        : Optional.of(
            new TestChecker(declaration, assertion, declared.played(), params, issues).check());
  }

  /** The assertion that is built in is that of the stream of which the test gives events first. */
  private Optional<CheckedTest> schemaTest(TestDecl declaration) {
    return declaration.given().stream()
        .findFirst()
        .map(given -> declared.played().get(given.stream().text()))
        .map(stream -> CheckedAssertion.schema(stream.type(), Set.of(), ""))
        .map(schema -> new TestChecker(declaration, schema, declared.played(), params, issues))
        .map(TestChecker::check)
        .or(() -> unplayed(declaration));
  }

  private Optional<CheckedTest> unplayed(TestDecl declaration) {
    new GivenChecker(declaration, declared.played(), params.global(), issues).check();
    if (declaration.given().isEmpty() && !declaration.damaged()) {
      issues.accept(TestChecker.givesNothing(declaration));
    }
    return Optional.empty();
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
    boolean misspelt = used.stream().anyMatch(name -> !declared.streams().containsKey(name));
    if (misspelt && of(EmbeddingsDecl.class).isEmpty()) {
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
