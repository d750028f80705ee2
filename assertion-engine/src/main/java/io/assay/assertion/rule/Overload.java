package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import java.util.List;

/**
 * One way to call a function or operator.
 *
 * @param function as rules write it; operators as {@code _+_}, a rect's side as {@code _.x}
 * @param id what the evaluator knows it by; never reused for another meaning
 * @param method called on its first parameter: {@code text.size()}
 * @param meaning a few words, empty for operators
 */
public record Overload(
    String function,
    String id,
    boolean method,
    List<Parameter> parameters,
    Result result,
    String meaning) {
  public Overload {
    parameters = List.copyOf(parameters);
  }

  /** How it is called and what comes out: {@code iou(rect, rect) → ratio}. */
  public String signature() {
    return "%s%s%s → %s"
        .formatted(method ? "." : "", function, TypeText.parameters(this), TypeText.of(result));
  }

  /** What a parameter takes. */
  public sealed interface Parameter {
    record Exactly(Type type) implements Parameter {}

    record AnyList() implements Parameter {}

    record AnyMap() implements Parameter {}

    record AnyVector() implements Parameter {}

    /** A list of plain numbers. */
    record Numbers() implements Parameter {}

    /** A list of values that have an order. */
    record Ordered() implements Parameter {}

    /** A map to plain numbers. */
    record Shares() implements Parameter {}

    record Anything() implements Parameter {}
  }

  /** What comes out. */
  public sealed interface Result {
    record Always(Type type) implements Result {}

    /** The type of the first argument. */
    record Same() implements Result {}

    /** The type of the elements of the first argument, or of its values. */
    record Element() implements Result {}
  }
}
