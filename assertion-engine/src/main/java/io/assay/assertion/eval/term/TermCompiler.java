package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Dialect;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles checked expressions to plans: numbers stay primitive, fields are read by slot, calls are
 * bound to their overload.
 */
public final class TermCompiler {
  private final Optional<StreamType.ImageSize> imageSize;
  private final boolean pure;
  private final Set<Integer> hidden = new HashSet<>();

  /**
   * @param imageSize of the stream judged, for {@code touches_border}
   */
  public TermCompiler(Optional<StreamType.ImageSize> imageSize) {
    this(imageSize, Dialect.ASSAY);
  }

  /** For expressions of a dialect that stand alone. */
  TermCompiler(Optional<StreamType.ImageSize> imageSize, Dialect dialect) {
    this.imageSize = imageSize;
    this.pure = dialect == Dialect.CEL;
  }

  /** Whether nothing is added to CEL: numbers of different types do not mix, null is a value. */
  boolean isPure() {
    return pure;
  }

  /** CEL's timestamps span ten thousand years, more than 64 bits of nanoseconds. */
  boolean isPrimitive(Type type) {
    return type.isPrimitive() && !(pure && type == Basic.TIMESTAMP);
  }

  Optional<StreamType.ImageSize> imageSize() {
    return imageSize;
  }

  /** Notes that a variable stands for something private. */
  public void hide(Local local) {
    hidden.add(local.index());
  }

  boolean hides(Local local) {
    return hidden.contains(local.index());
  }

  /** Compiles to the form that the term's type has; what is constant is worked out once. */
  public Plan compile(Term term) {
    Plan plan = node(term);
    return !(term instanceof Term.Constant) && Constants.isConstant(term)
        ? Constants.folded(plan)
        : plan;
  }

  /** The value of a term that is a number, text or truth as written. */
  static @Nullable Object constant(Term term) {
    return term instanceof Term.Constant constant && constant.type() != Basic.TYPE
        ? constant.value()
        : null;
  }

  private Plan node(Term term) {
    return switch (term) {
      case Term.Constant constant -> constant(constant);
      case Term.Read read -> read(read.local());
      case Term.Select select -> Fields.select(this, select);
      case Term.SelectDynamic select -> Fields.selectDynamic(this, select);
      case Term.Has has -> Fields.has(this, has);
      case Term.IsNull isNull -> Fields.isNull(this, isNull);
      case Term.Call call -> Functions.bind(this, call);
      case Term.Junction junction -> Logic.junction(this, junction);
      case Term.Conditional conditional -> Logic.conditional(this, conditional);
      case Term.Comprehension comprehension -> Comprehensions.compile(this, comprehension);
      case Term.Clusters clusters -> Piles.compile(this, clusters);
      case Term.InRange range -> inRange(range);
      case Term.WhenPresent when -> Logic.whenPresent(this, when);
      case Term.ListLiteral list -> list(list);
      case Term.MapLiteral map -> map(map);
    };
  }

  /** A condition. */
  public BoolTerm bool(Term term) {
    return switch (compile(term)) {
      case BoolTerm plan -> plan;
      case ReferenceTerm plan -> frame -> Boxing.truth(plan.value(frame));
      default -> throw wrongForm(term, "a bool");
    };
  }

  /** A whole number, a timestamp or a duration. */
  public LongTerm whole(Term term) {
    return switch (compile(term)) {
      case LongTerm plan -> plan;
      case ReferenceTerm plan -> frame -> Boxing.whole(plan.value(frame));
      default -> throw wrongForm(term, "an int");
    };
  }

  /** A number; whole ones become doubles. */
  public DoubleTerm number(Term term) {
    return switch (compile(term)) {
      case DoubleTerm plan -> plan;
      case LongTerm plan -> frame -> plan.value(frame);
      case ReferenceTerm plan -> frame -> Boxing.number(plan.value(frame));
      default -> throw wrongForm(term, "a number");
    };
  }

  /** Any value as an object; timestamps and durations as nanoseconds. */
  public ReferenceTerm value(Term term) {
    return boxed(compile(term));
  }

  static ReferenceTerm boxed(Plan compiled) {
    return switch (compiled) {
      case BoolTerm plan -> frame -> plan.test(frame);
      case LongTerm plan -> frame -> plan.value(frame);
      case DoubleTerm plan -> frame -> plan.value(frame);
      case ReferenceTerm plan -> plan;
    };
  }

  /** Any value as an object whose class tells its type. */
  ReferenceTerm dynamic(Term term) {
    ReferenceTerm plan = value(term);
    Type type = term.type();
    return type == Basic.TIMESTAMP || type == Basic.DURATION || Boxing.holdsTimes(type)
        ? frame -> Boxing.dynamic(type, plan.value(frame))
        : plan;
  }

  private static IllegalStateException wrongForm(Term term, String needed) {
    return new IllegalStateException(
        "%s:%d:%d: the checker let a %s through where %s is needed"
            .formatted(
                term.span().source(),
                term.span().line(),
                term.span().column(),
                term.type(),
                needed));
  }

  /** A plan for boxed values of a static type, in the form of that type. */
  Plan unboxed(Type type, ReferenceTerm plan) {
    if (!isPrimitive(type)) {
      return plan;
    }
    if (type == Basic.BOOL) {
      return (BoolTerm) frame -> Boxing.truth(plan.value(frame));
    }
    return type.isFloating()
        ? (DoubleTerm) frame -> Boxing.number(plan.value(frame))
        : (LongTerm) frame -> Boxing.whole(plan.value(frame));
  }

  private static Plan constant(Term.Constant constant) {
    Object value = constant.value();
    Type type = constant.type();
    return switch (value) {
      case Boolean truth -> (BoolTerm) frame -> truth;
      case Double number -> (DoubleTerm) frame -> number;
      case Long whole when type.isFloating() -> {
        double number = whole;
        yield (DoubleTerm) frame -> number;
      }
      case String name when type == Basic.TYPE -> reference(new Boxing.TypeValue(name));
      case Long bits when type == Basic.UINT -> reference(new Unsigned(bits));
      case Long whole -> (LongTerm) frame -> whole;
      case Term.Null ignored -> reference(None.NULL);
      default -> reference(value);
    };
  }

  private static ReferenceTerm reference(Object value) {
    return frame -> value;
  }

  private Plan read(Local local) {
    int index = local.index();
    NoValue missing = NoValue.missing(local.name() + " is missing");
    if (!isPrimitive(local.type())) {
      return (ReferenceTerm)
          frame -> {
            @Nullable Object value = frame.has(index) ? frame.reference(index) : null;
            if (value == null) {
              throw missing;
            }
            return value;
          };
    }
    if (local.type() == Basic.BOOL) {
      return (BoolTerm) frame -> present(frame, index, missing) != 0;
    }
    return local.type().isFloating()
        ? (DoubleTerm) frame -> Double.longBitsToDouble(present(frame, index, missing))
        : (LongTerm) frame -> present(frame, index, missing);
  }

  private static long present(Frame frame, int index, NoValue missing) {
    if (!frame.has(index)) {
      throw missing;
    }
    return frame.bits(index);
  }

  private BoolTerm inRange(Term.InRange range) {
    Type type = range.value().type();
    if (isPrimitive(type)
        && !type.isFloating()
        && range.low().type().equals(type)
        && range.high().type().equals(type)) {
      LongTerm value = whole(range.value());
      LongTerm low = whole(range.low());
      LongTerm high = whole(range.high());
      return frame -> {
        long of = value.value(frame);
        return of >= low.value(frame) && of <= high.value(frame);
      };
    }
    DoubleTerm value = number(range.value());
    DoubleTerm low = number(range.low());
    DoubleTerm high = number(range.high());
    return frame -> {
      double of = value.value(frame);
      return of >= low.value(frame) && of <= high.value(frame);
    };
  }

  private ReferenceTerm list(Term.ListLiteral list) {
    Type type = list.type();
    boolean mixed = type instanceof Type.ListOf of && of.element() == Basic.DYN;
    ReferenceTerm[] elements =
        list.elements().stream()
            .map(element -> mixed ? dynamic(element) : value(element))
            .toArray(ReferenceTerm[]::new);
    return frame -> {
      List<Object> values = new ArrayList<>(elements.length);
      for (ReferenceTerm element : elements) {
        values.add(element.value(frame));
      }
      return values;
    };
  }

  private static Object key(Object key) {
    return switch (key) {
      case String text -> text;
      case Long whole -> whole;
      case Unsigned whole -> whole;
      case Boolean truth -> truth;
      default ->
          throw NoValue.failed(
              "a map's key is bool, int, uint or string, got " + Boxing.typeName(key));
    };
  }

  private ReferenceTerm map(Term.MapLiteral literal) {
    List<ReferenceTerm> keys = literal.entries().stream().map(e -> dynamic(e.key())).toList();
    List<ReferenceTerm> values = literal.entries().stream().map(e -> dynamic(e.value())).toList();
    return frame -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = key(keys.get(i).value(frame));
        if (Equality.find(map, key) != null) {
          throw NoValue.failed("the key " + key + " stands twice in a map");
        }
        map.put(key, Objects.requireNonNull(values.get(i).value(frame)));
      }
      return map;
    };
  }
}
