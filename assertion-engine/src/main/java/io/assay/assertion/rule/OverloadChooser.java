package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Overload.Parameter;
import io.assay.assertion.rule.Overload.Result;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the overload that takes the given arguments, int literals made doubles where that is
 * needed.
 */
final class OverloadChooser {
  private final FunctionCatalogue functions;
  private final boolean promoting;

  OverloadChooser(Reading reading) {
    this.functions = FunctionCatalogue.of(reading.dialect());
    this.promoting = !reading.isPure();
  }

  FunctionCatalogue functions() {
    return functions;
  }

  /** How far arguments may be from what is taken. */
  private enum Fitting {
    AS_THEY_ARE,
    PROMOTED,
    /** Of those whose type is not known before, it is looked at when they are there. */
    CHECKED
  }

  /** Empty where no overload of the name takes these. */
  Optional<Term> choose(String function, boolean method, List<Term> arguments, Span span) {
    Optional<Term> typed = typed(function, method, arguments, span);
    boolean late = arguments.stream().anyMatch(argument -> argument.type() == Basic.DYN);
    return typed.isEmpty() && late
        ? first(candidates(function, method, arguments), arguments, Fitting.CHECKED, span)
        : typed;
  }

  /** Empty where no overload takes these by what is known of their types. */
  Optional<Term> typed(String function, boolean method, List<Term> arguments, Span span) {
    List<Overload> candidates = candidates(function, method, arguments);
    return first(candidates, arguments, Fitting.AS_THEY_ARE, span)
        .or(
            () ->
                promoting
                    ? first(candidates, arguments, Fitting.PROMOTED, span)
                    : Optional.empty());
  }

  private List<Overload> candidates(String function, boolean method, List<Term> arguments) {
    return functions.named(function).stream()
        .filter(o -> o.method() == method && o.parameters().size() == arguments.size())
        .toList();
  }

  private Optional<Term> first(
      List<Overload> candidates, List<Term> arguments, Fitting fitting, Span span) {
    boolean promoted = promoting && fitting != Fitting.AS_THEY_ARE;
    for (Overload candidate : candidates) {
      Optional<List<Term>> fitted = fit(candidate, arguments, promoted, fitting == Fitting.CHECKED);
      if (fitted.isPresent()) {
        Type result = result(candidate.result(), fitted.get());
        return Optional.of(new Term.Call(candidate.id(), fitted.get(), result, span));
      }
    }
    return Optional.empty();
  }

  static boolean fits(Overload overload, List<Term> arguments) {
    return overload.parameters().size() == arguments.size()
        && fit(overload, arguments, true).isPresent();
  }

  /** The arguments as the overload takes them. */
  static Optional<List<Term>> fit(Overload overload, List<Term> arguments, boolean promoting) {
    return fit(overload, arguments, promoting, false);
  }

  private static Optional<List<Term>> fit(
      Overload overload, List<Term> arguments, boolean promoting, boolean checking) {
    var fitted = new ArrayList<Term>();
    boolean late = false;
    for (int i = 0; i < arguments.size(); i++) {
      Term argument = arguments.get(i);
      late |= argument.type() == Basic.DYN;
      Parameter parameter = overload.parameters().get(i);
      Optional<Term> taken = take(parameter, argument, promoting);
      if (taken.isEmpty() && checking && argument.type() == Basic.DYN) {
        taken = known(parameter, argument);
      }
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      fitted.add(taken.get());
    }
    return isForDynamic(overload) && !late ? Optional.empty() : Optional.of(fitted);
  }

  /** An overload that looks at types at run time is for values whose types are not known before. */
  private static boolean isForDynamic(Overload overload) {
    return overload.id().endsWith("_dyn") && !overload.id().equals("to_dyn");
  }

  private static Optional<Term> take(Parameter parameter, Term argument, boolean promoting) {
    Type type = argument.type();
    boolean fits =
        switch (parameter) {
          case Parameter.Anything ignored -> true;
          case Parameter.AnyList ignored -> type instanceof Type.ListOf;
          case Parameter.AnyMap ignored -> type instanceof Type.MapOf;
          case Parameter.AnyVector ignored -> type instanceof Type.Vector;
          case Parameter.Numbers ignored -> type instanceof Type.ListOf l && isNumber(l.element());
          case Parameter.Ordered ignored -> type instanceof Type.ListOf l && hasOrder(l.element());
          case Parameter.Shares ignored -> type instanceof Type.MapOf m && isNumber(m.value());
          case Parameter.Exactly exactly -> Types.isA(type, exactly.type());
        };
    if (fits) {
      return Optional.of(argument);
    }
    return promoting && parameter instanceof Parameter.Exactly exactly
        ? promoted(argument, exactly.type())
        : Optional.empty();
  }

  /** Of the type that is needed when it is there, or without a value. */
  private static Optional<Term> known(Parameter parameter, Term argument) {
    return switch (parameter) {
      case Parameter.Exactly(Basic basic) -> known(basic, argument);
      case Parameter.Exactly(Type.ListOf ignored) -> Optional.of(knownList(argument));
      case Parameter.Exactly ignored -> Optional.empty();
      case Parameter.AnyList ignored -> Optional.of(knownList(argument));
      case Parameter.Numbers ignored -> Optional.of(knownList(argument));
      case Parameter.Ordered ignored -> Optional.of(knownList(argument));
      case Parameter.AnyMap ignored -> Optional.of(knownMap(argument));
      case Parameter.Shares ignored -> Optional.of(knownMap(argument));
      case Parameter.AnyVector ignored -> Optional.empty();
      case Parameter.Anything ignored -> Optional.of(argument);
    };
  }

  private static Optional<Term> known(Basic wanted, Term argument) {
    return switch (wanted) {
      case BOOL, INT, UINT, STRING, BYTES, TIMESTAMP, DURATION, RECT, CUBOID ->
          Optional.of(known(wanted.name().toLowerCase(Locale.ROOT), wanted, argument));
      case DOUBLE, RATIO, PIXELS -> Optional.of(known("double", Basic.DOUBLE, argument));
      // Of a number nobody can tell what its unit was.
      case LENGTH -> Optional.empty();
      case NULL, DYN, TYPE, UNKNOWN -> Optional.empty();
    };
  }

  private static Term knownList(Term argument) {
    return known("list", new Type.ListOf(Basic.DYN), argument);
  }

  private static Term knownMap(Term argument) {
    return known("map", new Type.MapOf(Basic.DYN, Basic.DYN), argument);
  }

  private static Term known(String name, Type type, Term argument) {
    return new Term.Call("known_" + name, List.of(argument), type, argument.span());
  }

  /** An int literal where a double is needed; CEL alone knows no such thing. */
  Optional<Term> fitted(Term argument, Type wanted) {
    return promoting ? promoted(argument, wanted) : Optional.empty();
  }

  private static boolean isNumber(Type type) {
    return type instanceof Basic basic
        && switch (basic) {
          case INT, UINT, DOUBLE, RATIO, PIXELS, DYN, UNKNOWN -> true;
          default -> false;
        };
  }

  private static boolean hasOrder(Type type) {
    return isNumber(type)
        || type instanceof Type.EnumOf
        || (type instanceof Basic basic
            && switch (basic) {
              case BOOL, STRING, BYTES, LENGTH, TIMESTAMP, DURATION -> true;
              default -> false;
            });
  }

  /** An int literal where a double is needed. */
  static Optional<Term> promoted(Term argument, Type wanted) {
    boolean number = wanted == Basic.DOUBLE || wanted == Basic.RATIO || wanted == Basic.PIXELS;
    return number
            && argument instanceof Term.Constant(Long value, Type type, Span span)
            && type == Basic.INT
        ? Optional.of(new Term.Constant((double) value, Basic.DOUBLE, span))
        : Optional.empty();
  }

  static Type result(Result result, List<Term> arguments) {
    return switch (result) {
      case Result.Always always -> always.type();
      case Result.Same ignored -> arguments.get(0).type();
      case Result.Element ignored ->
          switch (arguments.get(0).type()) {
            case Type.ListOf list -> list.element();
            case Type.MapOf map -> map.value();
            default -> Basic.DYN;
          };
    };
  }
}
