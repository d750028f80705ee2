package io.assay.assertion.eval.term;

import io.assay.assertion.function.ExtensionFunction;
import io.assay.assertion.function.Extensions;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls functions of extensions. What one throws is an evaluation without a value, as any failing
 * operation: {@code ||} and {@code &&} may absorb it, else the verdict is undecided. What tells
 * that it cannot work at all (a missing class, a stack without end) puts the assertion in error.
 */
final class ExtensionCalls {
  private ExtensionCalls() {}

  static Plan bind(TermCompiler compiler, Term.Call call) {
    ExtensionFunction function =
        Extensions.function(call.overload())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "function %s is not here: its extension is not installed"
                            .formatted(call.overload())));
    List<Term> terms = call.arguments();
    Optional<DoubleUnaryOperator> unary = function.unary();
    if (unary.isPresent()) {
      return unary(function, unary.get(), compiler.number(terms.get(0)));
    }
    Optional<DoubleBinaryOperator> binary = function.binary();
    return binary.isPresent()
        ? binary(
            function, binary.get(), compiler.number(terms.get(0)), compiler.number(terms.get(1)))
        : general(compiler, function, terms);
  }

  private static DoubleTerm unary(
      ExtensionFunction function, DoubleUnaryOperator direct, DoubleTerm a) {
    return frame -> {
      double x = a.value(frame);
      try {
        return direct.applyAsDouble(x);
      } catch (Throwable e) {
        throw failure(function, e);
      }
    };
  }

  private static DoubleTerm binary(
      ExtensionFunction function, DoubleBinaryOperator direct, DoubleTerm a, DoubleTerm b) {
    return frame -> {
      double x = a.value(frame);
      double y = b.value(frame);
      try {
        return direct.applyAsDouble(x, y);
      } catch (Throwable e) {
        throw failure(function, e);
      }
    };
  }

  private static ReferenceTerm general(
      TermCompiler compiler, ExtensionFunction function, List<Term> terms) {
    var values = new ArrayList<ReferenceTerm>();
    var conversions = new ArrayList<UnaryOperator<Object>>();
    for (int i = 0; i < terms.size(); i++) {
      values.add(compiler.value(terms.get(i)));
      conversions.add(JavaValues.taken(function.parameters().get(i)));
    }
    NoValue nothing = NoValue.missing(function.name() + " gave nothing");
    return frame -> {
      Object[] arguments = new Object[values.size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = conversions.get(i).apply(values.get(i).value(frame));
      }
      return JavaValues.given(called(function, arguments)).orElseThrow(() -> nothing);
    };
  }

  private static @Nullable Object called(ExtensionFunction function, Object[] arguments) {
    try {
      return function.call(arguments);
    } catch (Throwable e) {
      throw failure(function, e);
    }
  }

  private static RuntimeException failure(ExtensionFunction function, Throwable e) {
    String told = e.getMessage() == null ? "" : ": " + e.getMessage();
    String text = "%s failed: %s%s".formatted(function.name(), e.getClass().getSimpleName(), told);
    if (e instanceof OutOfMemoryError memory) {
      throw memory;
    }
    return e instanceof Error ? new IllegalStateException(text, e) : NoValue.failed(text);
  }
}
