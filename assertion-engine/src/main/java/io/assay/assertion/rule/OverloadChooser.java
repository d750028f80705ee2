package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Overload.Parameter;
import io.assay.assertion.rule.Overload.Result;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the overload that takes the given arguments, int literals made doubles where that is
 * needed.
 */
final class OverloadChooser {
  private static final Taking PROMOTED = new Taking(true, false, false);

  private final FunctionCatalogue functions;
  private final boolean promoting;

  OverloadChooser(Reading reading) {
    this.functions = FunctionCatalogue.of(reading.dialect());
    this.promoting = !reading.isPure();
  }

  FunctionCatalogue functions() {
    return functions;
  }

  /** Empty where no overload of the name takes these. */
  Optional<Term> choose(String function, boolean method, List<Term> arguments, Span span) {
    List<Overload> candidates =
        functions.named(function).stream()
            .filter(o -> o.method() == method && o.parameters().size() == arguments.size())
            .toList();
    var takings = new ArrayList<Taking>();
    takings.add(new Taking(false, false, false));
    if (promoting) {
      takings.add(PROMOTED);
    }
    takings.add(new Taking(promoting, true, false));
    takings.add(new Taking(promoting, true, true));
    return takings.stream()
        .flatMap(taking -> first(candidates, arguments, taking, span).stream())
        .findFirst();
  }

  /**
   * How far an argument's type may be from its parameter's; the nearest is tried first.
   *
   * @param promoting int literals are taken for doubles
   * @param dynamic what is not known before is taken; the value tells when it comes
   * @param wholes also for an int: only where no overload takes any number. None is taken for a
   *     time.
   */
  private record Taking(boolean promoting, boolean dynamic, boolean wholes) {}

  private static Optional<Term> first(
      List<Overload> candidates, List<Term> arguments, Taking taking, Span span) {
    for (Overload candidate : candidates) {
      Optional<List<Term>> fitted = fit(candidate, arguments, taking);
      if (fitted.isPresent()) {
        Type result = result(candidate.result(), fitted.get());
        return Optional.of(new Term.Call(candidate.id(), fitted.get(), result, span));
      }
    }
    return Optional.empty();
  }

  static boolean fits(Overload overload, List<Term> arguments) {
    return overload.parameters().size() == arguments.size()
        && fit(overload, arguments, PROMOTED).isPresent();
  }

  /** The arguments as the overload takes them, int literals made doubles where that is needed. */
  static Optional<List<Term>> fit(Overload overload, List<Term> arguments) {
    return fit(overload, arguments, PROMOTED);
  }

  private static Optional<List<Term>> fit(Overload overload, List<Term> arguments, Taking taking) {
    var fitted = new ArrayList<Term>();
    boolean late = false;
    for (int i = 0; i < arguments.size(); i++) {
      Term argument = arguments.get(i);
      late |= argument.type() == Basic.DYN;
      Optional<Term> taken = take(overload.parameters().get(i), argument, taking);
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

  private static Optional<Term> take(Parameter parameter, Term argument, Taking taking) {
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
    if (type == Basic.DYN) {
      return takesDynamic(parameter, taking) ? Optional.of(argument) : Optional.empty();
    }
    return taking.promoting() && parameter instanceof Parameter.Exactly exactly
        ? promoted(argument, exactly.type())
        : Optional.empty();
  }

  private static boolean takesDynamic(Parameter parameter, Taking taking) {
    if (!taking.dynamic()) {
      return false;
    }
    return parameter instanceof Parameter.Numbers
        || (parameter instanceof Parameter.Exactly(Type wanted)
            && (wanted == Basic.STRING
                || wanted == Basic.BOOL
                || wanted == Basic.DOUBLE
                || wanted == Basic.RATIO
                || wanted == Basic.PIXELS
                || (wanted == Basic.INT && taking.wholes())));
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
