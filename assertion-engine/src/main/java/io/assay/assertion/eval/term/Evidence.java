package io.assay.assertion.eval.term;

import io.assay.assertion.Violation;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Unusual;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What every sub-expression of a condition was, and which limits the rule sets. Compiled beside the
 * condition, evaluated only when there is a violation.
 */
public final class Evidence {
  /** Around what must be masked for those without the right to see private fields. */
  public static final char MASK = '\u2063';

  private final List<Watched> watched;

  private Evidence(List<Watched> watched) {
    this.watched = List.copyOf(watched);
  }

  private record Watched(
      String text,
      Type type,
      ReferenceTerm plan,
      boolean threshold,
      boolean hidden,
      boolean whole) {}

  /** Of several expressions, each sub-expression once, outermost first. */
  public static Evidence of(TermCompiler compiler, List<Term> terms) {
    return of(compiler, terms, Optional.empty());
  }

  /**
   * Likewise, and of one more, a list of numbers, all of them, of which programs make more than
   * people read.
   */
  public static Evidence of(TermCompiler compiler, List<Term> terms, Optional<Term> numbers) {
    Map<String, Watched> found = new LinkedHashMap<>();
    terms.forEach(term -> collect(compiler, term, found));
    numbers.ifPresent(
        term -> {
          String text = TermText.of(term);
          boolean hidden = isHidden(compiler, term);
          found.put(
              text, new Watched(text, term.type(), compiler.value(term), false, hidden, true));
        });
    return new Evidence(new ArrayList<>(found.values()));
  }

  private static void collect(TermCompiler compiler, Term term, Map<String, Watched> found) {
    boolean literal = term instanceof Term.Constant;
    boolean opaque = term.type() instanceof StructType || isListOfRows(term.type());
    if (!opaque) {
      String text = TermText.of(term);
      found.putIfAbsent(
          text,
          new Watched(
              text, term.type(), compiler.value(term), literal, isHidden(compiler, term), false));
    }
    parts(term).forEach(part -> collect(compiler, part, found));
  }

  private static boolean isListOfRows(Type type) {
    return type instanceof Type.ListOf list
        && (list.element() instanceof StructType || isListOfRows(list.element()));
  }

  /** The parts whose variables are bound where the whole is evaluated. */
  static List<Term> parts(Term term) {
    return switch (term) {
      case Term.Constant ignored -> List.of();
      case Term.Read ignored -> List.of();
      case Term.Select select ->
          select.target() instanceof Term.Read ? List.of() : List.of(select.target());
      case Term.SelectDynamic select -> List.of(select.target());
      case Term.Has ignored -> List.of();
      case Term.IsNull isNull -> List.of(isNull.target());
      case Term.Call call when Unusual.isCall(call) -> call.arguments().subList(0, 1);
      case Term.Call call -> call.arguments();
      case Term.Junction junction -> List.of(junction.left(), junction.right());
      case Term.Conditional choice ->
          List.of(choice.condition(), choice.then(), choice.otherwise());
      case Term.Comprehension macro -> List.of(macro.range());
      case Term.Clusters piles -> List.of(piles.range());
      case Term.InRange range -> List.of(range.value(), range.low(), range.high());
      case Term.WhenPresent when -> List.of(when.condition());
      case Term.ListLiteral list -> list.elements();
      case Term.MapLiteral ignored -> List.of();
    };
  }

  /** Whether a private field is read anywhere within, also by way of a variable. */
  public static boolean isHidden(TermCompiler compiler, Term term) {
    if (term instanceof Term.Read read) {
      return compiler.hides(read.local());
    }
    // A select of a variable has no parts: the variable may stand for something private.
    if (term instanceof Term.Select select) {
      return select.field().hidden() || isHidden(compiler, select.target());
    }
    if (term instanceof Term.Comprehension macro
        && (isHidden(compiler, macro.predicate()) || isHidden(compiler, macro.result()))) {
      return true;
    }
    return parts(term).stream().anyMatch(part -> isHidden(compiler, part));
  }

  /** A private text between marks. Marks of its own go: they would end the masking early. */
  public static String masked(String text) {
    return MASK + unmarked(text) + MASK;
  }

  /** A text without marks. */
  public static String unmarked(String text) {
    return text.replace(String.valueOf(MASK), "");
  }

  /** The values in a frame; null where a sub-expression has none. */
  public List<Violation.Value> values(Frame frame) {
    List<Violation.Value> values = new ArrayList<>(watched.size());
    for (Watched of : watched) {
      values.add(new Violation.Value(of.text(), json(of, frame), of.threshold()));
    }
    return values;
  }

  /** Whether JSON has a value without quotes, where it is not masked: a number, a truth. */
  public boolean isBare(int place) {
    Type type = watched.get(place).type();
    return type.isFloating() || type == Basic.INT || type == Basic.UINT || type == Basic.BOOL;
  }

  private static String json(Watched of, Frame frame) {
    Object value;
    try {
      value = of.plan().value(frame);
    } catch (NoValue e) {
      return "null";
    }
    if (value == None.NULL || value == Term.Null.NULL) {
      return "null";
    }
    if (of.whole() && value instanceof List<?> numbers) {
      String array = array(numbers);
      return of.hidden() ? quoted(masked(array)) : array;
    }
    if (of.hidden()) {
      return quoted(masked(Printing.print(of.type(), value)));
    }
    boolean plain = of.type() != Basic.DURATION && of.type() != Basic.TIMESTAMP;
    return switch (value) {
      case Boolean truth -> truth.toString();
      case Long whole when plain -> whole.toString();
      case Double number when !Double.isNaN(number) && !Double.isInfinite(number) ->
          Conversions.number(number);
      case Row row -> quoted(row.type().name());
      default -> quoted(Printing.print(of.type(), value));
    };
  }

  private static String array(List<?> numbers) {
    return numbers.stream()
        .map(
            number ->
                number instanceof Double some && Double.isFinite(some)
                    ? Conversions.number(some)
                    : "null")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
