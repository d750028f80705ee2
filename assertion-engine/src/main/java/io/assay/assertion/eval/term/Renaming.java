package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Calls variables by other names, so that evidence shows {@code mean(score)} where a variable
 * stands for it.
 */
public final class Renaming {
  private final Map<Integer, String> names;

  /** {@code names} by the index of the variable. */
  public Renaming(Map<Integer, String> names) {
    this.names = Map.copyOf(names);
  }

  public Term of(Term term) {
    return switch (term) {
      case Term.Constant t -> t;
      case Term.Read t -> new Term.Read(of(t.local()), t.span());
      case Term.Select t -> new Term.Select(of(t.target()), t.field(), t.span());
      case Term.SelectDynamic t ->
          new Term.SelectDynamic(of(t.target()), t.name(), t.type(), t.span());
      case Term.Has t -> new Term.Has(of(t.target()), t.name(), t.span());
      case Term.IsNull t -> new Term.IsNull(of(t.target()), t.span());
      case Term.Call t -> new Term.Call(t.overload(), all(t.arguments()), t.type(), t.span());
      case Term.Junction t -> new Term.Junction(t.and(), of(t.left()), of(t.right()), t.span());
      case Term.Conditional t ->
          new Term.Conditional(
              of(t.condition()), of(t.then()), of(t.otherwise()), t.type(), t.span());
      case Term.Comprehension t ->
          new Term.Comprehension(
              t.macro(),
              t.variable(),
              of(t.range()),
              of(t.predicate()),
              of(t.result()),
              t.type(),
              t.span());
      case Term.Clusters t ->
          new Term.Clusters(of(t.range()), t.a(), t.b(), of(t.related()), t.type(), t.span());
      case Term.InRange t -> new Term.InRange(of(t.value()), of(t.low()), of(t.high()), t.span());
      case Term.WhenPresent t -> new Term.WhenPresent(of(t.condition()), t.span());
      case Term.ListLiteral t -> new Term.ListLiteral(all(t.elements()), t.type(), t.span());
      case Term.MapLiteral t ->
          new Term.MapLiteral(
              t.entries().stream()
                  .map(e -> new Term.MapLiteral.Entry(of(e.key()), of(e.value())))
                  .toList(),
              t.type(),
              t.span());
    };
  }

  private Local of(Local local) {
    String name = Objects.requireNonNullElse(names.get(local.index()), local.name());
    return new Local(name, local.type(), local.index());
  }

  private List<Term> all(List<Term> terms) {
    return terms.stream().map(this::of).toList();
  }
}
