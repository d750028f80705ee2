package io.assay.assertion.eval.term;

import io.assay.assertion.rule.Unusual;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The overloads that can be evaluated, by the name the checker chose. */
public final class Functions {
  private static final Map<String, Binder> ALL = new HashMap<>();

  static {
    Arithmetic.register(Functions::put);
    DynamicArithmetic.register(Functions::put);
    Orders.register(Functions::put);
    Equalities.register(Functions::put);
    Texts.register(Functions::put);
    Conversions.register(Functions::put);
    Calendar.register(Functions::put);
    Boxes.register(Functions::put);
    Lists.register(Functions::put);
    Aggregates.register(Functions::put);
    TextParts.register(Functions::put);
    Cameras.register(Functions::put);
    Shares.register(Functions::put);
    Numbers.register(Functions::put);
    Known.register(Functions::put);
  }

  private Functions() {}

  /** Binds a call to compiled arguments. */
  @FunctionalInterface
  interface Binder {
    Plan bind(TermCompiler compiler, List<Term> arguments);
  }

  /** Takes what a family of functions offers. */
  @FunctionalInterface
  interface Registry {
    void put(String overload, Binder binder);
  }

  private static void put(String overload, Binder binder) {
    if (ALL.put(overload, binder) != null) {
      throw new IllegalStateException("overload " + overload + " is bound twice");
    }
  }

  /** Names of all overloads that can be evaluated. */
  public static Set<String> known() {
    return Set.copyOf(ALL.keySet());
  }

  /** CEL's timestamps do not fit 64 bits of nanoseconds, so their objects are reckoned with. */
  private static String ofTimestamps(String overload) {
    return switch (overload) {
      case "add_timestamp_duration", "add_duration_timestamp" -> "add_dyn";
      case "subtract_timestamp", "subtract_timestamp_duration" -> "subtract_dyn";
      case "equals_timestamp",
          "not_equals_timestamp",
          "less_timestamp",
          "less_equals_timestamp",
          "greater_timestamp",
          "greater_equals_timestamp" ->
          overload.replace("timestamp", "dyn");
      default -> overload;
    };
  }

  static Plan bind(TermCompiler compiler, Term.Call call) {
    String overload = compiler.isPure() ? ofTimestamps(call.overload()) : call.overload();
    if (Unusual.isCall(call)) {
      return Improbability.bind(compiler, call);
    }
    @Nullable Binder binder = ALL.get(overload);
    Plan bound =
        binder == null
            ? ExtensionCalls.bind(compiler, call)
            : binder.bind(compiler, call.arguments());
    return bound instanceof ReferenceTerm reference
        ? compiler.unboxed(call.type(), reference)
        : bound;
  }
}
