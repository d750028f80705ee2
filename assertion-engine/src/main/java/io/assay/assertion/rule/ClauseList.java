package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ir.CheckedAssertion.Documentation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The clauses of one assertion: which there are, and whether they go together. */
final class ClauseList {
  /** Clauses that say what must hold; an assertion is of one kind. */
  private static final Set<String> KINDS =
      Set.of(
          "absent",
          "present",
          "returns",
          "transitions",
          "consistent",
          "change",
          "silence",
          "expect",
          "match");

  /** What is matched may be expected of, pair by pair. */
  private static final Set<String> MATCHED_PAIRS = Set.of("match", "expect");

  private static final Set<String> REPEATABLE =
      Set.of(
          "let",
          "expect",
          "for",
          "match",
          "unmatched",
          "ignore",
          "correct",
          "alert",
          "param",
          "at least");

  /** Clauses that say more of another one. */
  private static final Map<String, String> BELONGING =
      Map.of("unmatched", "match", "ignore", "match", "present in", "match");

  private final AssertionDecl declaration;
  private final Consumer<Issue> issues;

  ClauseList(AssertionDecl declaration, Consumer<Issue> issues) {
    this.declaration = declaration;
    this.issues = issues;
  }

  <C extends Clause> List<C> all(Class<C> kind) {
    return declaration.clauses().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <C extends Clause> Optional<C> first(Class<C> kind) {
    return declaration.clauses().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  boolean has(Class<? extends Clause> kind) {
    return first(kind).isPresent();
  }

  AssertionDecl declaration() {
    return declaration;
  }

  /** A clause stands once, unless it is one of several by nature; and the kind is one. */
  void checkTogether() {
    var seen = new HashSet<String>();
    var kinds = new LinkedHashSet<String>();
    for (Clause clause : declaration.clauses()) {
      String word = word(clause);
      if (!seen.add(word) && !REPEATABLE.contains(word)) {
        issues.accept(
            new Issue(
                IssueCode.REPEATED_CLAUSE,
                clause.span(),
                "'%s' stands twice in assertion '%s', first on line %d"
                    .formatted(word, declaration.name().text(), firstOf(word).span().line()),
                word.equals("where")
                    ? Optional.of("join the two conditions by '&&'")
                    : Optional.empty()));
      }
      belongs(clause);
      if (isKind(clause)
          && kinds.add(kindOf(clause))
          && kinds.size() == 2
          && !kinds.equals(MATCHED_PAIRS)) {
        issues.accept(
            new Issue(
                IssueCode.CONFLICTING_CLAUSES,
                clause.span(),
                "an assertion says one thing: '%s' and '%s' do not go together"
                    .formatted(kinds.iterator().next(), word),
                Optional.of("make two assertions of it")));
      }
    }
  }

  /** Whether a clause stands here that only says more of a kind which is missing. */
  boolean misses() {
    return declaration.clauses().stream().anyMatch(this::isAlone);
  }

  private boolean isAlone(Clause clause) {
    String needed = BELONGING.get(word(clause));
    return needed != null
        && declaration.clauses().stream().noneMatch(c -> word(c).equals(needed))
        && !declaration.damaged();
  }

  private void belongs(Clause clause) {
    String word = word(clause);
    String needed = BELONGING.get(word);
    if (isAlone(clause)) {
      issues.accept(
          new Issue(
              IssueCode.MISSING_CLAUSE,
              clause.span(),
              "'%s' belongs to '%s', which this assertion has not".formatted(word, needed)));
    }
  }

  /** Clauses that say nothing beside the kind, or contradict it. */
  void forbid(List<Class<? extends Clause>> kinds, String why) {
    for (Class<? extends Clause> kind : kinds) {
      first(kind)
          .ifPresent(
              clause ->
                  issues.accept(new Issue(IssueCode.CONFLICTING_CLAUSES, clause.span(), why)));
    }
  }

  static boolean isKind(Clause clause) {
    return KINDS.contains(kindOf(clause));
  }

  /** Lines under {@code for} are expectations like others. */
  private static String kindOf(Clause clause) {
    return clause instanceof Clause.ForEach ? "expect" : word(clause);
  }

  private Clause firstOf(String word) {
    return declaration.clauses().stream()
        .filter(c -> word(c).equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** All lines of {@code expect}, those under {@code for} among them. */
  List<Clause.Expect> expectations() {
    return expectations(declaration);
  }

  static List<Clause.Expect> expectations(AssertionDecl declaration) {
    return declaration.clauses().stream()
        .flatMap(
            clause ->
                switch (clause) {
                  case Clause.Expect expect -> Stream.of(expect);
                  case Clause.ForEach each -> Stream.of(each.expect());
                  default -> Stream.empty();
                })
        .toList();
  }

  /** What people are told and judging does not need. */
  Documentation documentation() {
    return new Documentation(
        first(Clause.Owner.class).map(o -> o.owner().value()),
        first(Clause.Tags.class).map(Clause.Tags::tags).orElse(List.of()),
        first(Clause.Runbook.class).map(r -> r.address().value()));
  }

  /** The words that a clause begins with. */
  static String word(Clause clause) {
    return switch (clause) {
      case Clause.Each ignored -> "each";
      case Clause.Where ignored -> "where";
      case Clause.Identity ignored -> "identity";
      case Clause.Absent ignored -> "absent";
      case Clause.Present ignored -> "present";
      case Clause.PresentIn ignored -> "present in";
      case Clause.Returns ignored -> "returns";
      case Clause.Transitions ignored -> "transitions";
      case Clause.Consistent ignored -> "consistent";
      case Clause.Change ignored -> "change";
      case Clause.Let ignored -> "let";
      case Clause.Expect ignored -> "expect";
      case Clause.ForEach ignored -> "for";
      case Clause.Silence ignored -> "silence";
      case Clause.Join ignored -> "join";
      case Clause.Match ignored -> "match";
      case Clause.Unmatched ignored -> "unmatched";
      case Clause.Ignore ignored -> "ignore";
      case Clause.By ignored -> "by";
      case Clause.Window ignored -> "window";
      case Clause.Least ignored -> "at least";
      case Clause.Compare ignored -> "compare";
      case Clause.When ignored -> "when";
      case Clause.Severity ignored -> "severity";
      case Clause.Level ignored -> "level";
      case Clause.Explain ignored -> "explain";
      case Clause.Mode ignored -> "mode";
      case Clause.Owner ignored -> "owner";
      case Clause.Tags ignored -> "tags";
      case Clause.Runbook ignored -> "runbook";
      case Clause.Correct ignored -> "correct";
      case Clause.Sample ignored -> "sample";
      case Clause.Alert ignored -> "alert";
      case Clause.Param ignored -> "param";
    };
  }
}
