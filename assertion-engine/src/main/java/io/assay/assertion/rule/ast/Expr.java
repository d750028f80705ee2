package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was written. Macros are calls here; the checker takes them apart. */
public sealed interface Expr {
  Span span();

  record IntLiteral(long value, Span span) implements Expr {}

  /** The bits of an unsigned integer. */
  record UintLiteral(long bits, Span span) implements Expr {}

  record DoubleLiteral(double value, Span span) implements Expr {}

  record StringLiteral(String value, Span span) implements Expr {}

  record BytesLiteral(List<Byte> value, Span span) implements Expr {
    public BytesLiteral {
      value = List.copyOf(value);
    }
  }

  record BoolLiteral(boolean value, Span span) implements Expr {}

  record NullLiteral(Span span) implements Expr {}

  /** A number and its unit, not yet known to be one: {@code 500ms}. */
  record Quantity(String number, String unit, Span span) implements Expr {}

  /** {@code 5%}; the value is 0.05. */
  record Percent(double value, Span span) implements Expr {}

  /** {@code absolute}: written with a leading dot, so that no local name hides it. */
  record Ident(String name, boolean absolute, Span span) implements Expr {}

  record Select(Expr target, Name field, Span span) implements Expr {}

  record Index(Expr target, Expr index, Span span) implements Expr {}

  /** A function, a method of {@code target}, or a macro. */
  record Call(
      @Nullable Expr target, Name function, List<Expr> arguments, boolean absolute, Span span)
      implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record ListLiteral(List<Expr> elements, Span span) implements Expr {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  record MapLiteral(List<Entry> entries, Span span) implements Expr {
    public MapLiteral {
      entries = List.copyOf(entries);
    }

    public record Entry(Expr key, Expr value) {}
  }

  record StructLiteral(String type, List<Setting> fields, Span span) implements Expr {
    public StructLiteral {
      fields = List.copyOf(fields);
    }
  }

  record Not(Expr operand, Span span) implements Expr {}

  record Negate(Expr operand, Span span) implements Expr {}

  record Binary(Operator operator, Expr left, Expr right, Span span) implements Expr {}

  record Conditional(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {}

  /** Both ends belong to it. */
  record Range(Expr from, Expr to, Span span) implements Expr {}

  /** The past, as in {@code baseline(last 7d)}. */
  record Last(Expr amount, Span span) implements Expr {}

  /** In the order of precedence, weakest first. */
  enum Operator {
    OR("||"),
    AND("&&"),
    EQUALS("=="),
    NOT_EQUALS("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    BELOW("<"),
    ABOVE(">"),
    IN("in"),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDE("/"),
    MODULO("%");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }
}
