package io.assay.assertion.rule;

import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The meaning of an expression as text: no places, no names of variables, constants by their exact
 * value.
 */
final class CanonicalTerm {
  private CanonicalTerm() {}

  static String of(Term term) {
    return switch (term) {
      case Term.Constant t -> constant(t);
      case Term.Read t -> local(t.local());
      case Term.Select t -> of(t.target()) + "." + quote(t.field().name());
      case Term.SelectDynamic t -> of(t.target()) + ".?" + quote(t.name());
      case Term.Has t -> call("has", List.of(t.target())) + quote(t.name());
      case Term.IsNull t -> call("is_null", List.of(t.target()));
      // What was learned is how bad something is, not what it is.
      case Term.Call t when Unusual.isCall(t) -> call(t.overload(), t.arguments().subList(0, 1));
      case Term.Call t -> call(t.overload(), t.arguments());
      case Term.Junction t -> call(t.and() ? "and" : "or", List.of(t.left(), t.right()));
      case Term.Conditional t -> call("if", List.of(t.condition(), t.then(), t.otherwise()));
      case Term.Comprehension t ->
          t.macro() + local(t.variable()) + args(List.of(t.range(), t.predicate(), t.result()));
      case Term.Clusters t ->
          "clusters" + local(t.a()) + local(t.b()) + args(List.of(t.range(), t.related()));
      case Term.InRange t -> call("in_range", List.of(t.value(), t.low(), t.high()));
      case Term.WhenPresent t -> call("when_present", List.of(t.condition()));
      case Term.ListLiteral t -> call("list", t.elements());
      case Term.MapLiteral t ->
          t.entries().stream()
              .map(e -> args(List.of(e.key(), e.value())))
              .collect(Collectors.joining("", "map{", "}"));
    };
  }

  private static String call(String name, List<Term> arguments) {
    return name + args(arguments);
  }

  private static String args(List<Term> arguments) {
    return arguments.stream().map(CanonicalTerm::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String local(Local local) {
    return "$" + local.index();
  }

  private static String constant(Term.Constant constant) {
    Object value = constant.value();
    String text =
        switch (value) {
          case String s -> quote(s);
          case ByteBuffer bytes -> hex(bytes);
          default -> value.toString();
        };
    return TypeText.of(constant.type()) + ":" + text;
  }

  private static String hex(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  /** With its length, so that no text can look like what stands around it. */
  private static String quote(String text) {
    return text.length() + "'" + text + "'";
  }
}
