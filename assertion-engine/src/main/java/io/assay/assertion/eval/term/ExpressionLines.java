package io.assay.assertion.eval.term;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.CheckedExpression;
import io.assay.assertion.rule.Dialect;
import io.assay.assertion.rule.ExpressionCompiler;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.SourceFile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions that are written as JSON lines, as CEL's conformance suite is: {@code
 * {"expr": "x + 1", "bindings": {"x": {"int": "1"}}, "unchecked": true}}. An answer is a tagged
 * value or {@code {"error": "…"}}.
 */
public final class ExpressionLines {
  private final Dialect dialect;

  public ExpressionLines(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The answer to one line; whatever is wrong with it is the answer too. */
  public String answer(String line) {
    try {
      Map<?, ?> wanted = JsonObjects.read(line);
      if (!(wanted.get("expr") instanceof String expression)) {
        return TaggedValues.error("needed an \"expr\"");
      }
      Map<String, Object> values = values(wanted.get("bindings"));
      return evaluate(expression, values, Boolean.TRUE.equals(wanted.get("unchecked")));
    } catch (IllegalArgumentException e) {
      return TaggedValues.error(String.valueOf(e.getMessage()));
    }
  }

  private String evaluate(String expression, Map<String, Object> values, boolean late) {
    Map<String, Type> types = new LinkedHashMap<>();
    values.forEach((name, value) -> types.put(name, typeOf(value)));
    CheckedExpression checked =
        new ExpressionCompiler(dialect, late).compile(new SourceFile("expr", expression), types);
    if (checked.term().isEmpty()) {
      return TaggedValues.error(
          checked.issues().stream().map(Issue::message).collect(Collectors.joining("; ")));
    }
    return value(checked, values);
  }

  /** The tagged value of a checked expression. */
  private String value(CheckedExpression checked, Map<String, Object> values) {
    try {
      return TaggedValues.write(new Calculation(checked, dialect).value(values));
    } catch (NoValue e) {
      return TaggedValues.error(e.reason());
    } catch (StackOverflowError e) {
      return TaggedValues.error("the expression is too deep");
    }
  }

  /** The tagged value of a checked expression without variables. */
  public String value(CheckedExpression checked) {
    return value(checked, Map.of());
  }

  private static Map<String, Object> values(@Nullable Object bindings) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (bindings != null && !(bindings instanceof Map)) {
      throw new IllegalArgumentException("needed \"bindings\" by name, got " + bindings);
    }
    if (bindings instanceof Map<?, ?> given) {
      given.forEach((name, tagged) -> values.put(String.valueOf(name), value(name, tagged)));
    }
    return values;
  }

  private static Object value(Object name, Object tagged) {
    try {
      return TaggedValues.read(tagged);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("binding '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What a binding would be declared as; what a container holds is looked at when it is there. */
  private static Type typeOf(Object value) {
    return switch (value) {
      case Boolean ignored -> Basic.BOOL;
      case Long ignored -> Basic.INT;
      case Unsigned ignored -> Basic.UINT;
      case Double ignored -> Basic.DOUBLE;
      case String ignored -> Basic.STRING;
      case ByteBuffer ignored -> Basic.BYTES;
      case Instant ignored -> Basic.TIMESTAMP;
      case Duration ignored -> Basic.DURATION;
      case java.util.List<?> ignored -> new Type.ListOf(Basic.DYN);
      case Map<?, ?> ignored -> new Type.MapOf(Basic.DYN, Basic.DYN);
      default -> Basic.DYN;
    };
  }
}
