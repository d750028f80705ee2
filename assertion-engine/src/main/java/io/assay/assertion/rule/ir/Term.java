package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.Span;
import java.util.List;

/** A checked expression. Every node knows its type and where it stands in the text. */
public sealed interface Term {
  Type type();

  Span span();

  /**
   * A literal, a parameter's value or a folded constant.
   *
   * @param value Boolean, Long (INT; TIMESTAMP and DURATION in nanoseconds; UINT as its bits),
   *     Double (DOUBLE, RATIO, LENGTH in metres, PIXELS), String, byte[] wrapped by
   *     java.nio.ByteBuffer, {@link io.assay.assertion.event.Rect}, List of Double (a calibration),
   *     or {@link Null}
   */
  record Constant(Object value, Type type, Span span) implements Term {}

  /** The value of a null constant. */
  enum Null {
    NULL
  }

  record Read(Local local, Span span) implements Term {
    @Override
    public Type type() {
      return local.type();
    }
  }

  /** A declared field of a row. Missing or invalid: no value, unless the context accepts null. */
  record Select(Term target, StructType.Field field, Span span) implements Term {
    @Override
    public Type type() {
      return field.type();
    }
  }

  /** A field or key known at run time only, of a DYN or a map. */
  record SelectDynamic(Term target, String name, Type type, Span span) implements Term {}

  /** {@code has(target.field)}. */
  record Has(Term target, String name, Span span) implements Term {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  /** {@code target == null}; also true when the field is absent. */
  record IsNull(Term target, Span span) implements Term {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  /**
   * A function or operator, its overload chosen by the checker.
   *
   * @param overload stable name of the overload, such as {@code add_double}, {@code iou_rect_rect};
   *     the catalogue of functions declares them, the evaluator implements each
   */
  record Call(String overload, List<Term> arguments, Type type, Span span) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code &&} and {@code ||} with CEL's absorption of errors, in either order. */
  record Junction(boolean and, Term left, Term right, Span span) implements Term {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  record Conditional(Term condition, Term then, Term otherwise, Type type, Span span)
      implements Term {}

  /**
   * A macro over a list or a map's keys.
   *
   * @param result what {@code map} yields an element; the predicate itself for the others
   */
  record Comprehension(
      Macro macro, Local variable, Term range, Term predicate, Term result, Type type, Span span)
      implements Term {}

  /** CEL's macros; MAP's predicate is the constant true where none was written. */
  enum Macro {
    ALL,
    EXISTS,
    EXISTS_ONE,
    FILTER,
    MAP
  }

  /** {@code clusters(range, a, b, related)}: connected components of the elements, as lists. */
  record Clusters(Term range, Local a, Local b, Term related, Type type, Span span)
      implements Term {}

  /** {@code value in low .. high}, both ends included. */
  record InRange(Term value, Term low, Term high, Span span) implements Term {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  /** {@code condition when present}: true where a field that the condition reads is missing. */
  record WhenPresent(Term condition, Span span) implements Term {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  record ListLiteral(List<Term> elements, Type type, Span span) implements Term {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  record MapLiteral(List<Entry> entries, Type type, Span span) implements Term {
    public MapLiteral {
      entries = List.copyOf(entries);
    }

    /** One key and its value. */
    public record Entry(Term key, Term value) {}
  }
}
