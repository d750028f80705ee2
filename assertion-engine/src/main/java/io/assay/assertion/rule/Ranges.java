package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the values of expressions before anything runs: from constants, from types that
 * have a range, and from conditions that must have been passed.
 *
 * <p>Of what is not known the interval is {@link Interval#ANY}, so nothing is concluded from it.
 */
final class Ranges {
  private final Map<String, Interval> known;

  private Ranges(Map<String, Interval> known) {
    this.known = known;
  }

  static Ranges none() {
    return new Ranges(Map.of());
  }

  /** To add to. */
  private Ranges copy() {
    return new Ranges(new HashMap<>(known));
  }

  /** With the ranges of more names; later ones may be made of earlier ones. */
  Ranges with(List<Let> lets) {
    Ranges more = copy();
    lets.forEach(let -> more.put(new Term.Read(let.local(), Span.NONE), more.of(let.term())));
    return more;
  }

  /** With the range of one more expression. */
  Ranges with(Term term, Interval range) {
    Ranges more = copy();
    more.put(term, range);
    return more;
  }

  /** Where the condition is true, or where it is false. */
  Ranges where(Term condition, boolean isTrue) {
    Ranges more = copy();
    more.learn(condition, isTrue);
    return more;
  }

  private void put(Term term, Interval range) {
    if (isShort(term)) {
      known.merge(CanonicalTerm.of(term), range, Interval::and);
    }
  }

  /** Longer ones are seldom written twice, and comparing them costs time. */
  private static boolean isShort(Term term) {
    return isName(term)
        || (term instanceof Term.Call call
            && call.arguments().stream().allMatch(a -> isName(a) || a instanceof Term.Constant));
  }

  private static boolean isName(Term term) {
    return term instanceof Term.Read || term instanceof Term.Select;
  }

  private void learn(Term condition, boolean isTrue) {
    switch (condition) {
      case Term.Junction junction when junction.and() == isTrue ->
          operands(junction).forEach(operand -> learn(operand, isTrue));
      case Term.Call call when call.overload().equals("not") ->
          learn(call.arguments().getFirst(), !isTrue);
      case Term.Call call -> compared(call, isTrue);
      case Term.InRange in when isTrue ->
          put(in.value(), new Interval(of(in.low()).low(), of(in.high()).high()));
      default -> {}
    }
  }

  /** Of a chain of the same operator, from left to right. */
  private static List<Term> operands(Term.Junction junction) {
    var operands = new ArrayDeque<Term>();
    Term left = junction;
    while (left instanceof Term.Junction inner && inner.and() == junction.and()) {
      operands.addFirst(inner.right());
      left = inner.left();
    }
    operands.addFirst(left);
    return List.copyOf(operands);
  }

  /** A strict bound is taken as if it were included: that concludes less, and nothing wrong. */
  private void compared(Term.Call call, boolean isTrue) {
    Optional<Boolean> less = direction(call.overload());
    if (less.isEmpty()) {
      return;
    }
    Term left = call.arguments().get(0);
    Term right = call.arguments().get(1);
    boolean leftIsLower = less.get() == isTrue;
    Interval below = new Interval(Double.NEGATIVE_INFINITY, of(leftIsLower ? right : left).high());
    Interval above = new Interval(of(leftIsLower ? left : right).low(), Double.POSITIVE_INFINITY);
    put(left, leftIsLower ? below : above);
    put(right, leftIsLower ? above : below);
  }

  /** Whether the left one is to be the lower; empty: it is no comparison of numbers. */
  private static Optional<Boolean> direction(String overload) {
    boolean numbers =
        List.of("_int", "_double", "_duration", "_length").stream().anyMatch(overload::endsWith);
    if (!numbers || !(overload.startsWith("less") || overload.startsWith("greater"))) {
      return Optional.empty();
    }
    return Optional.of(overload.startsWith("less"));
  }

  Interval of(Term term) {
    Interval range = ofForm(term).and(ofType(term.type()));
    if (known.isEmpty() || !isShort(term)) {
      return range;
    }
    Interval passed = known.get(CanonicalTerm.of(term));
    return passed == null ? range : range.and(passed);
  }

  private static Interval ofType(Type type) {
    return type == Basic.RATIO ? Interval.SHARE : Interval.ANY;
  }

  private Interval ofForm(Term term) {
    return switch (term) {
      case Term.Constant constant ->
          constant.value() instanceof Number number
              ? Interval.of(number.doubleValue())
              : Interval.ANY;
      case Term.Conditional conditional -> of(conditional.then()).or(of(conditional.otherwise()));
      case Term.Call call -> ofCall(call);
      default -> Interval.ANY;
    };
  }

  private Interval ofCall(Term.Call call) {
    List<Interval> of = call.arguments().stream().map(this::of).toList();
    return switch (call.overload()) {
      case "add_int", "add_double", "add_duration", "add_length" -> of.get(0).plus(of.get(1));
      case "subtract_int", "subtract_double", "subtract_duration", "subtract_length" ->
          of.get(0).minus(of.get(1));
      case "multiply_int",
          "multiply_double",
          "multiply_duration_int",
          "multiply_int_duration",
          "multiply_duration_double",
          "multiply_double_duration",
          "multiply_length_double",
          "multiply_double_length" ->
          of.get(0).times(of.get(1));
      case "divide_double", "divide_duration", "divide_length", "divide_length_double" ->
          of.get(0).over(of.get(1));
      case "negate_int", "negate_double", "negate_duration", "negate_length" -> of.get(0).negated();
      case "min_int", "min_double", "min_duration", "min_length" -> of.get(0).least(of.get(1));
      case "max_int", "max_double", "max_duration", "max_length" -> of.get(0).greatest(of.get(1));
      case "abs_int", "abs_double", "abs_duration", "abs_length" -> of.get(0).absolute();
      case "double_int", "double_double" -> of.get(0);
      default -> notNegative(call.overload()) ? Interval.NOT_NEGATIVE : Interval.ANY;
    };
  }

  private static boolean notNegative(String overload) {
    return overload.startsWith("size_")
        || overload.startsWith("distance_")
        || overload.equals("sqrt_double")
        || overload.equals("entropy_map");
  }

  /** What a condition always is; empty where that depends on the event. */
  Optional<Boolean> always(Term condition) {
    return switch (condition) {
      case Term.Constant(Boolean value, Type ignored, Span ignoredToo) -> Optional.of(value);
      case Term.Junction junction -> junction(junction);
      case Term.Call call when call.overload().equals("not") ->
          always(call.arguments().getFirst()).map(value -> !value);
      case Term.Call call -> comparison(call);
      case Term.InRange in -> inRange(in);
      case Term.WhenPresent present -> always(present.condition());
      default -> Optional.empty();
    };
  }

  /** Each operand is looked at where those before it have not decided yet. */
  private Optional<Boolean> junction(Term.Junction junction) {
    boolean decides = !junction.and();
    boolean open = false;
    Ranges undecided = copy();
    for (Term operand : operands(junction)) {
      Optional<Boolean> always = undecided.always(operand);
      if (always.equals(Optional.of(decides))) {
        return always;
      }
      open |= always.isEmpty();
      undecided.learn(operand, junction.and());
    }
    return open ? Optional.empty() : Optional.of(!decides);
  }

  private Optional<Boolean> comparison(Term.Call call) {
    Optional<Boolean> less = direction(call.overload());
    if (less.isEmpty()) {
      return Optional.empty();
    }
    Interval lower = of(call.arguments().get(less.get() ? 0 : 1));
    Interval upper = of(call.arguments().get(less.get() ? 1 : 0));
    boolean strict = !call.overload().contains("_equals");
    if (strict ? lower.high() < upper.low() : lower.high() <= upper.low()) {
      return Optional.of(true);
    }
    return (strict ? lower.low() >= upper.high() : lower.low() > upper.high())
        ? Optional.of(false)
        : Optional.empty();
  }

  private Optional<Boolean> inRange(Term.InRange in) {
    Interval value = of(in.value());
    Interval low = of(in.low());
    Interval high = of(in.high());
    if (value.low() >= low.high() && value.high() <= high.low()) {
      return Optional.of(true);
    }
    boolean outside = value.high() < low.low() || value.low() > high.high();
    return outside || low.low() > high.high() ? Optional.of(false) : Optional.empty();
  }
}
