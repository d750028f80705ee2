package io.assay.assertion.eval.term;

import io.assay.assertion.event.Type;
import io.assay.assertion.function.ExtensionFunction;
import io.assay.assertion.function.Extensions;
import io.assay.assertion.rule.FunctionCatalogue;
import io.assay.assertion.rule.Overload;
import io.assay.assertion.rule.Unusual;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a checked expression, as a rule would write it. */
public final class TermText {
  private static final Map<String, String> FUNCTIONS = new HashMap<>();

  static {
    for (Overload overload : FunctionCatalogue.builtIn().all()) {
      FUNCTIONS.putIfAbsent(overload.id(), overload.function());
    }
  }

  private TermText() {}

  public static String of(Term term) {
    return switch (term) {
      case Term.Constant constant -> constant(constant);
      case Term.Read read -> read.local().name();
      case Term.Select ignored -> Fields.path(term);
      case Term.SelectDynamic ignored -> Fields.path(term);
      case Term.Has has -> "has(" + of(has.target()) + "." + has.name() + ")";
      case Term.IsNull isNull -> of(isNull.target()) + " == null";
      case Term.Call call -> call(call);
      case Term.Junction junction ->
          part(junction.left()) + (junction.and() ? " && " : " || ") + part(junction.right());
      case Term.Conditional choice ->
          part(choice.condition()) + " ? " + part(choice.then()) + " : " + part(choice.otherwise());
      case Term.Comprehension macro -> comprehension(macro);
      case Term.Clusters piles ->
          "clusters(%s, %s, %s, %s)"
              .formatted(
                  of(piles.range()), piles.a().name(), piles.b().name(), of(piles.related()));
      case Term.InRange range ->
          part(range.value()) + " in " + part(range.low()) + " .. " + part(range.high());
      case Term.WhenPresent when -> of(when.condition()) + " when present";
      case Term.ListLiteral list -> all(list.elements(), "[", "]");
      case Term.MapLiteral map ->
          map.entries().stream()
              .map(entry -> of(entry.key()) + ": " + of(entry.value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String constant(Term.Constant constant) {
    return constant.value() instanceof String text && constant.type() != Type.Basic.TYPE
        ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : Printing.print(constant.type(), constant.value());
  }

  private static String call(Term.Call call) {
    if (Unusual.isCall(call)) {
      return Unusual.FUNCTION + "(" + of(call.arguments().getFirst()) + ")";
    }
    @Nullable String function = FUNCTIONS.get(call.overload());
    String name =
        function == null
            ? Extensions.function(call.overload())
                .map(ExtensionFunction::name)
                .orElse(call.overload())
            : function;
    List<Term> terms = call.arguments();
    if (name.equals("_known_")) {
      return of(terms.get(0));
    }
    if (name.equals("_[_]")) {
      return part(terms.get(0)) + "[" + of(terms.get(1)) + "]";
    }
    if (name.startsWith("_.")) {
      return part(terms.get(0)) + name.substring(1);
    }
    if (name.startsWith("_") && name.endsWith("_")) {
      String operator = name.substring(1, name.length() - 1);
      return part(terms.get(0)) + " " + operator + " " + part(terms.get(1));
    }
    if (name.equals("-_") || name.equals("!_")) {
      return name.charAt(0) + part(terms.get(0));
    }
    return name + all(terms, "(", ")");
  }

  private static String comprehension(Term.Comprehension macro) {
    String name = macro.macro().name().toLowerCase(java.util.Locale.ROOT);
    String body = macro.macro() == Term.Macro.MAP ? of(macro.result()) : of(macro.predicate());
    return part(macro.range()) + "." + name + "(" + macro.variable().name() + ", " + body + ")";
  }

  private static String all(List<Term> terms, String open, String close) {
    return terms.stream().map(TermText::of).collect(Collectors.joining(", ", open, close));
  }

  /** In brackets where it would be read otherwise. */
  private static String part(Term term) {
    boolean simple =
        switch (term) {
          case Term.Junction ignored -> false;
          case Term.Conditional ignored -> false;
          case Term.InRange ignored -> false;
          case Term.WhenPresent ignored -> false;
          case Term.Call call -> !of(call).contains(" ") || !isOperator(call);
          default -> true;
        };
    return simple ? of(term) : "(" + of(term) + ")";
  }

  private static boolean isOperator(Term.Call call) {
    @Nullable String function = FUNCTIONS.get(call.overload());
    return function != null && function.startsWith("_") && function.endsWith("_");
  }
}
