package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One clause of an assertion, as written; which clauses go together is for the checker. */
public sealed interface Clause {
  Span span();

  record Each(Name element, Expr list, @Nullable Expr where, Span span) implements Clause {}

  record Where(Expr condition, Span span) implements Clause {}

  record Identity(Expr expression, @Nullable Bound coasting, Span span) implements Clause {}

  record Absent(Bound lessThan, Span span) implements Clause {}

  record Present(Bound lessThan, Span span) implements Clause {}

  record PresentIn(Expr atLeast, Expr of, Span span) implements Clause {}

  record Returns(Expr attribute, @Nullable Bound within, @Nullable Bound through, Span span)
      implements Clause {}

  record Transitions(Expr atMost, Bound within, Span span) implements Clause {}

  record Consistent(Expr attribute, Bound within, @Nullable Expr tolerance, Span span)
      implements Clause {}

  record Change(Expr value, Expr atMost, Expr per, Span span) implements Clause {}

  record Let(Name name, Expr value, Span span) implements Clause {}

  /**
   * {@code label} is the expectation's own name; {@code across} the segment that it compares over.
   */
  record Expect(
      @Nullable Name label,
      @Nullable Name across,
      Expr condition,
      boolean whenPresent,
      @Nullable WindowSpec over,
      Span span)
      implements Clause {}

  /** One verdict for each field of a group. */
  record ForEach(Name field, Name group, Expect expect, Span span) implements Clause {}

  record Silence(Expr atMost, boolean overStream, Span span) implements Clause {}

  /** Either {@code within}, or {@code asOf} with the greatest age that a partner may have. */
  record Join(List<Name> partners, @Nullable Expr within, @Nullable AsOf asOf, Span span)
      implements Clause {
    public Join {
      partners = List.copyOf(partners);
    }

    public record AsOf(@Nullable Name time, Expr atMostOld) {}
  }

  /** {@code one}: an optimal assignment of one to one; else any partner will do. */
  record Match(
      boolean one, Name left, Expr leftList, Name right, Expr rightList, Expr where, Span span)
      implements Clause {}

  record Unmatched(Name side, @Nullable Expr where, Span span) implements Clause {}

  record Ignore(Expr where, Span span) implements Clause {}

  record By(List<Name> segments, Span span) implements Clause {
    public By {
      segments = List.copyOf(segments);
    }
  }

  record Window(WindowSpec window, @Nullable Least least, Span span) implements Clause {}

  /** Enough of what is counted, else the window is undecided: {@code at least 95% of items}. */
  record Least(Expr amount, Name of, Span span) implements Clause {}

  /** Two versions on the same input, or a release with the previous or a pinned one. */
  record Compare(
      Name version,
      @Nullable Name by,
      @Nullable Expr within,
      boolean withPrevious,
      @Nullable Text pinned,
      Span span)
      implements Clause {}

  record When(Name assertion, Span span) implements Clause {}

  record Severity(Expr value, Span span) implements Clause {}

  record Level(Name level, Span span) implements Clause {}

  /** A sentence: text, and expressions that stood in braces. */
  record Explain(List<Part> parts, Span span) implements Clause {
    public Explain {
      parts = List.copyOf(parts);
    }

    public sealed interface Part {}

    public record Words(String text) implements Part {}

    public record Value(Expr expression) implements Part {}
  }

  record Mode(Name mode, Span span) implements Clause {}

  record Owner(Text owner, Span span) implements Clause {}

  record Tags(List<String> tags, Span span) implements Clause {
    public Tags {
      tags = List.copyOf(tags);
    }
  }

  record Runbook(Text address, Span span) implements Clause {}

  record Correct(@Nullable Expr when, Correction correction, Span span) implements Clause {}

  record Sample(
      Name strategy,
      @Nullable Name measure,
      @Nullable Expr classes,
      @Nullable Expr stratum,
      @Nullable Expr around,
      @Nullable Expr perDay,
      @Nullable Expr rate,
      Span span)
      implements Clause {}

  record Alert(
      AlertCondition condition,
      @Nullable Expr lasting,
      @Nullable Expr keep,
      List<Name> routes,
      Span span)
      implements Clause {
    public Alert {
      routes = List.copyOf(routes);
    }
  }

  record Param(Declaration.ParamDecl param) implements Clause {
    @Override
    public Span span() {
      return param.span();
    }
  }
}
