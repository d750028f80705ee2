package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.stream.Stream;

/** What an expression is made of. */
public final class Subterms {
  private Subterms() {}

  public static List<Term> of(Term term) {
    return switch (term) {
      case Term.Constant ignored -> List.of();
      case Term.Read ignored -> List.of();
      case Term.Select t -> List.of(t.target());
      case Term.SelectDynamic t -> List.of(t.target());
      case Term.Has t -> List.of(t.target());
      case Term.IsNull t -> List.of(t.target());
      case Term.Call t -> t.arguments();
      case Term.Junction t -> List.of(t.left(), t.right());
      case Term.Conditional t -> List.of(t.condition(), t.then(), t.otherwise());
      case Term.Comprehension t -> List.of(t.range(), t.predicate(), t.result());
      case Term.Clusters t -> List.of(t.range(), t.related());
      case Term.InRange t -> List.of(t.value(), t.low(), t.high());
      case Term.WhenPresent t -> List.of(t.condition());
      case Term.ListLiteral t -> t.elements();
      case Term.MapLiteral t ->
          t.entries().stream().flatMap(e -> Stream.of(e.key(), e.value())).toList();
    };
  }

  /** It and all that it is made of. */
  static Stream<Term> all(Term term) {
    return Stream.concat(Stream.of(term), of(term).stream().flatMap(Subterms::all));
  }

  /** The variables that are read anywhere in it. */
  static Stream<Local> reads(Term term) {
    return term instanceof Term.Read read
        ? Stream.of(read.local())
        : of(term).stream().flatMap(Subterms::reads);
  }

  /** Whether a variable is read anywhere in it. */
  public static boolean reads(Term term, Local local) {
    return reads(term).anyMatch(read -> read.index() == local.index());
  }

  /** A part of it is wrong, and that is told already. */
  static boolean isBroken(Term term) {
    return term.type() == Basic.UNKNOWN || of(term).stream().anyMatch(Subterms::isBroken);
  }
}
