package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks what is held against each other: the lists of joined streams. */
final class MatchKinds {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Amounts amounts;
  private final ExpectKinds expects;
  private final List<Side> sides = new ArrayList<>();

  MatchKinds(ClauseList clauses, ExpressionChecker expressions, ExpectKinds expects) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
    this.expects = expects;
  }

  /** A side while it is read. */
  private record Side(Local row, Local element, Term list) {
    String field() {
      return list instanceof Term.Select select ? select.field().name() : element.name();
    }
  }

  Optional<Kind> match(Clause.Match first, Scope scope) {
    clauses.forbid(
        List.of(Clause.Each.class, Clause.Identity.class),
        "'match' names the elements that it compares by itself");
    var pairings = new ArrayList<Kind.Pairing>();
    for (Clause.Match match : clauses.all(Clause.Match.class)) {
      int left = side(match.left(), match.leftList(), scope);
      int right = side(match.right(), match.rightList(), scope);
      pairing(match, left, right, scope, pairings);
    }
    if (pairings.stream().anyMatch(p -> p.left() < 0 || p.right() < 0)) {
      return Optional.empty();
    }
    Optional<Clause.PresentIn> presentIn = clauses.first(Clause.PresentIn.class);
    if (presentIn.isPresent() && pairings.size() == 1) {
      new OtherPartners(expressions, this::newSide).add(first, pairings, scope);
    }
    List<Kind.Expectation> expectations = expects.lines(scope);
    OptionalLong least = presentIn.map(c -> least(c, scope)).orElse(OptionalLong.empty());
    boolean all = presentIn.isPresent() || expectations.isEmpty();
    return Optional.of(
        new Kind.Match(first.one(), sides(scope, all), pairings, least, expectations));
  }

  private void pairing(
      Clause.Match match, int left, int right, Scope scope, List<Kind.Pairing> pairings) {
    Term where = expressions.check(match.where(), scope, Basic.BOOL, "'match … where'");
    boolean same =
        left >= 0
            && right >= 0
            && CanonicalTerm.of(sides.get(left).list())
                .equals(CanonicalTerm.of(sides.get(right).list()));
    if (same && !joinsItself(scope)) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          match.span(),
          "'match' compares two lists; both sides are the same",
          Optional.of("for doubles in one list: clusters(boxes, a, b, …)"));
    }
    pairings.add(new Kind.Pairing(left, right, where));
  }

  /** The stream is its own partner: that is told there, and its lists are the same for it. */
  private boolean joinsItself(Scope scope) {
    String on = scope.stream().orElseThrow().type().name();
    return clauses.all(Clause.Join.class).stream()
        .flatMap(join -> join.partners().stream())
        .anyMatch(partner -> partner.text().equals(on));
  }

  /** Its place among the sides; below 0 where it is none. */
  private int side(Name name, Expr expr, Scope scope) {
    for (int i = 0; i < sides.size(); i++) {
      if (sides.get(i).element().name().equals(name.text())) {
        return again(name, expressions.check(expr, scope), i);
      }
    }
    return newSide(name, expr, scope);
  }

  private int newSide(Name name, Expr expr, Scope scope) {
    Term list = expressions.check(expr, scope);
    Type element = list.type() instanceof Type.ListOf of ? of.element() : Basic.UNKNOWN;
    Local local = scope.declare(name.text(), element);
    if (element == Basic.UNKNOWN) {
      if (list.type() != Basic.UNKNOWN) {
        expressions.error(
            IssueCode.WRONG_TYPE,
            list.span(),
            "'match' goes over lists, got %s".formatted(TypeText.aOrAn(list.type())));
      }
      return -1;
    }
    Optional<Local> row = row(list);
    if (row.isEmpty()) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          list.span(),
          "a side of 'match' is a list of one stream's event",
          Optional.of("as in: match c in camera.boxes, l in lidar.boxes where …"));
      return -1;
    }
    sides.add(new Side(row.get(), local, list));
    return sides.size() - 1;
  }

  /** A second match may go on from an element of the first. */
  private int again(Name name, Term list, int side) {
    if (CanonicalTerm.of(list).equals(CanonicalTerm.of(sides.get(side).list()))) {
      return side;
    }
    expressions.error(
        IssueCode.DUPLICATE,
        name.span(),
        "'%s' is an element of another list already".formatted(name.text()));
    return -1;
  }

  private static Optional<Local> row(Term list) {
    return switch (list) {
      case Term.Read read -> Optional.of(read.local());
      case Term.Select select -> row(select.target());
      case Term.Comprehension comprehension -> row(comprehension.range());
      default -> Optional.empty();
    };
  }

  private OptionalLong least(Clause.PresentIn clause, Scope scope) {
    Optional<Long> of = amounts.count(clause.of(), scope, 2, "the number of streams");
    Optional<Long> least = amounts.count(clause.atLeast(), scope, 1, "'present in at least'");
    if (of.isEmpty() || least.isEmpty()) {
      return OptionalLong.empty();
    }
    if (of.get() != sides.size()) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          clause.of().span(),
          "%d streams are held against each other here, not %d".formatted(sides.size(), of.get()));
    } else if (least.get() > of.get()) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          clause.atLeast().span(),
          "nothing is present in %d of %d streams".formatted(least.get(), of.get()));
    }
    return OptionalLong.of(least.get());
  }

  private List<Kind.Side> sides(Scope scope, boolean all) {
    List<Clause.Unmatched> unmatched = clauses.all(Clause.Unmatched.class);
    for (int i = 0; i < unmatched.size(); i++) {
      Name name = unmatched.get(i).side();
      boolean twice =
          unmatched.subList(0, i).stream().anyMatch(u -> u.side().text().equals(name.text()));
      List<String> elements = sides.stream().map(side -> side.element().name()).toList();
      if (twice || !elements.contains(name.text())) {
        expressions.error(
            twice ? IssueCode.DUPLICATE : IssueCode.UNKNOWN_NAME,
            name.span(),
            twice
                ? "'unmatched %s' stands twice".formatted(name.text())
                : "'match' compares no '%s'".formatted(name.text()),
            twice ? Optional.empty() : Optional.of("it compares " + String.join(", ", elements)));
      }
    }
    List<Term> ignores =
        clauses.all(Clause.Ignore.class).stream()
            .map(c -> condition(c.where(), scope, "'ignore where'"))
            .toList();
    return sides.stream().map(side -> side(side, unmatched, ignores, scope, all)).toList();
  }

  private Kind.Side side(
      Side side, List<Clause.Unmatched> unmatched, List<Term> ignores, Scope scope, boolean all) {
    Optional<Clause.Unmatched> own =
        unmatched.stream().filter(u -> u.side().text().equals(side.element().name())).findFirst();
    Optional<Term> where = own.map(Clause.Unmatched::where).map(w -> ownCondition(w, side, scope));
    List<Term> ignored = ignores.stream().filter(term -> others(term, side).isEmpty()).toList();
    boolean judged = own.isPresent() || (all && unmatched.isEmpty());
    boolean oneEvent = sides.stream().map(Side::row).distinct().count() == 1;
    String name = oneEvent ? side.field() : side.row().name();
    return new Kind.Side(name, side.row(), side.element(), side.list(), judged, where, ignored);
  }

  private Term ownCondition(Expr expr, Side side, Scope scope) {
    Term term = expressions.check(expr, scope, Basic.BOOL, "'unmatched … where'");
    others(term, side)
        .ifPresent(
            other ->
                expressions.error(
                    IssueCode.WRONG_TYPE,
                    term.span(),
                    "'%s' has no partner here, so there is no '%s' to look at"
                        .formatted(side.element().name(), other.name())));
    return term;
  }

  private Term condition(Expr expr, Scope scope, String what) {
    Term term = expressions.check(expr, scope, Basic.BOOL, what);
    List<String> used =
        sides.stream()
            .filter(side -> Subterms.reads(term, side.element()))
            .map(side -> side.element().name())
            .toList();
    if (used.size() > 1) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          term.span(),
          "%s looks at one element, this looks at %s".formatted(what, String.join(" and ", used)),
          Optional.of("write one 'ignore where' for each"));
    }
    return term;
  }

  private Optional<Local> others(Term term, Side side) {
    return sides.stream()
        .map(Side::element)
        .filter(e -> e.index() != side.element().index() && Subterms.reads(term, e))
        .findFirst();
  }
}
