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
import io.assay.assertion.rule.ir.Labels;
import io.assay.assertion.rule.ir.Model;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
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
  private final IssueLog issues;
  private final Declarations declared;
  private final Triggers triggers;
  private final Set<String> asserted;
  private final Set<String> embeddings;
  private final RepeatedNames repeated;
  private final Map<String, CheckedAssertion> assertions = new LinkedHashMap<>();

  RuleSetChecker(
      List<RuleFile> files, Map<String, String> overrides, UsualBook usual, IssueLog issues) {
    this.declarations = files.stream().flatMap(f -> f.declarations().stream()).toList();
    this.params = new Params(overrides, issues);
    this.issues = issues;
    this.declared = new Declarations(names(RouteDecl.class), usual);
    this.triggers = new Triggers(of(AssertionDecl.class), this::assertion, issues);
    this.asserted = names(AssertionDecl.class);
    this.embeddings = names(EmbeddingsDecl.class);
    this.repeated = new RepeatedNames(issues);
  }

  CheckedRules check(String documentHash, TopicChecker topics) {
    each(Declaration.class, repeated::name);
    each(TestDecl.class, repeated::test);
    each(Declaration.class, topics::check);
    Set<String> models = names(ModelDecl.class);
    each(ParamDecl.class, params::declare);
    List<String> features = FeatureNames.ofAll(of(StreamDecl.class));
    each(StreamDecl.class, stream -> stream(stream, models, features));
    var embedded = new EmbeddingsChecker(issues);
    each(EmbeddingsDecl.class, e -> embedded.check(e).ifPresent(declared::add));
    each(
        AssertionDecl.class,
        d -> triggers.check(d).ifPresent(a -> assertions.putIfAbsent(a.name(), a)));
    each(ModelDecl.class, this::readEmbeddings);
    Set<String> pending =
        PendingAssertions.names(assertions.values(), of(AssertionDecl.class), issues);
    params.unknownOverrides();
    List<CheckedTest> tests = new ArrayList<>();
    each(TestDecl.class, t -> test(t).ifPresent(tests::add));
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
            .filter(d -> declared.streams().containsKey(d.name().text()))
            .map(
                d ->
                    slices.check(
                        d, Objects.requireNonNull(declared.streams().get(d.name().text()))))
            .toList(),
        declared.embeddings(),
        of(RouteDecl.class).stream().map(routes::route).toList(),
        params.global());
  }

  /** What a model is built on must be declared. */
  private void readEmbeddings(ModelDecl declaration) {
    Set<String> known = names(EmbeddingsDecl.class);
    for (Name name : declaration.reads()) {
      if (!known.contains(name.text())) {
        issues.accept(
            new Issue(
                IssueCode.UNKNOWN_STREAM,
                name.span(),
                "unknown embeddings '%s'".formatted(name.text()),
                Suggestions.didYouMean(name.text(), known)));
      }
    }
  }

  private static Model model(ModelDecl declaration) {
    return new Model(
        declaration.name().text(),
        Optional.ofNullable(declaration.title()).map(Text::value),
        Optional.ofNullable(declaration.owner()).map(Text::value),
        declaration.reads().stream().map(Name::text).distinct().toList());
  }

  /** Of a file that has told enough mistakes no more are looked for. */
  private <D extends Declaration> void each(Class<D> kind, Consumer<D> check) {
    of(kind).forEach(d -> issues.during(d.span().source(), () -> check.accept(d)));
  }

  private <D extends Declaration> List<D> of(Class<D> kind) {
    return declarations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private Set<String> names(Class<? extends Declaration> kind) {
    var names = new HashSet<String>();
    of(kind).forEach(d -> names.add(d.name().text()));
    return names;
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
    boolean incomplete = declaration.damaged() || repeated.isStream(declaration.name().text());
    var later = new LaterParts(declaration, type, params.global(), issues);
    declared.add(
        new CheckedStream(
            type,
            incomplete,
            checker.tolerances(),
            calibrations,
            later.truths(),
            later.imputation(),
            new ServingChecker(declaration, type, params.global(), issues).serving()),
        conditions);
  }

  private Optional<CheckedAssertion> assertion(AssertionDecl declaration) {
    String on = declaration.stream().text();
    if (on.isEmpty() || SETTING.stream().anyMatch(declaration.unread()::contains)) {
      return Optional.empty();
    }
    boolean known = declared.streams().containsKey(on) || declared.embeddings(on).isPresent();
    if (!known && embeddings.contains(on)) {
      unchecked(declaration);
      return Optional.empty();
    }
    var expressions = new ExpressionChecker(issues);
    Name name = declaration.stream();
    return declared
        .embeddings(on)
        .map(Declarations::asStream)
        .or(
            () ->
                !known && on.equals(Labels.NAME)
                    ? declared.labels(name, expressions)
                    : declared.stream(name, expressions))
        .flatMap(
            stream -> {
              Map<String, Term.Constant> values = params.with(declaration.clauses());
              Scope scope = Scope.ofStream(stream, values, declared);
              scope.unread().forgive(declaration.unread());
              return new AssertionChecker(declaration, declared, triggers, scope, issues).check();
            });
  }

  /** Of broken embeddings nothing can be said. */
  private void unchecked(AssertionDecl declaration) {
    var clauses = new ClauseList(declaration, issues);
    ConsequenceChecker.routes(clauses, declared, new ExpressionChecker(issues));
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
    declared.labelled().filter(stream -> used.remove(Labels.NAME)).ifPresent(used::add);
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
