package io.assay.assertion.assist;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.FunctionCatalogue;
import io.assay.assertion.rule.Overload;
import io.assay.assertion.rule.Overload.Parameter;
import io.assay.assertion.rule.StatisticCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions of expressions as an editor shows them. */
final class Functions {
  private static final Map<String, String> OF_LISTS =
      Map.of(
          "all", "Whether it holds of every element: boxes.all(b, b.score > 0)",
          "exists", "Whether it holds of an element: boxes.exists(b, b.score > 0.9)",
          "exists_one", "Whether it holds of exactly one element: boxes.exists_one(b, b.lead)",
          "filter", "The elements of which it holds: boxes.filter(b, b.score > 0.5)",
          "map", "What each element becomes: boxes.map(b, b.score)");

  private Functions() {}

  /** Those that stand alone; {@code windows}: also what is said of many events. */
  static List<Proposal> alone(boolean windows) {
    Map<String, List<Overload>> byName = new LinkedHashMap<>();
    all(windows)
        .filter(one -> !one.method() && Character.isLetter(one.function().charAt(0)))
        .forEach(one -> byName.computeIfAbsent(one.function(), n -> new ArrayList<>()).add(one));
    return byName.entrySet().stream().map(e -> proposal(e.getKey(), e.getValue())).toList();
  }

  /** Those that are called on a value of a type, and its parts. */
  static List<Proposal> on(Type type) {
    List<Proposal> found = new ArrayList<>();
    if (type instanceof Type.ListOf || type instanceof Type.MapOf) {
      OF_LISTS.forEach(
          (name, about) ->
              found.add(new Proposal(name, Proposal.Kind.FUNCTION, "(x, expression)", about)));
    }
    Map<String, List<Overload>> byName = new LinkedHashMap<>();
    for (Overload one : FunctionCatalogue.installed().all()) {
      boolean part = one.function().startsWith("_.");
      if ((one.method() || part) && takes(one, type)) {
        String name = part ? one.function().substring(2) : one.function();
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(one);
      }
    }
    byName.forEach((name, overloads) -> found.add(proposal(name, overloads)));
    return found;
  }

  private static boolean takes(Overload overload, Type type) {
    return !overload.parameters().isEmpty()
        && switch (overload.parameters().getFirst()) {
          case Parameter.Exactly one -> one.type().equals(type) || isText(one.type(), type);
          case Parameter.AnyList ignored -> type instanceof Type.ListOf;
          case Parameter.AnyMap ignored -> type instanceof Type.MapOf;
          case Parameter.AnyVector ignored -> type instanceof Type.Vector;
          case Parameter.Numbers ignored -> type instanceof Type.ListOf;
          case Parameter.Ordered ignored -> type instanceof Type.ListOf;
          case Parameter.Shares ignored -> type instanceof Type.MapOf;
          case Parameter.Anything ignored -> !(type instanceof StructType);
        };
  }

  private static boolean isText(Type wanted, Type type) {
    return wanted == Type.Basic.STRING && type instanceof Type.EnumOf;
  }

  /** All ways to call a function; none where there is no such. */
  static List<Overload> named(String name) {
    return Stream.concat(all(true), FunctionCatalogue.installed().all().stream())
        .filter(one -> one.function().equals(name))
        .distinct()
        .toList();
  }

  private static Stream<Overload> all(boolean windows) {
    Stream<Overload> plain = FunctionCatalogue.installed().all().stream();
    return windows
        ? Stream.concat(
            StatisticCatalogue.builtIn().all().stream().map(StatisticCatalogue.Signature::overload),
            plain)
        : plain;
  }

  private static Proposal proposal(String name, List<Overload> overloads) {
    String first = overloads.getFirst().signature().replaceFirst("^[._]*" + name, "");
    String more = overloads.size() > 1 ? " …" : "";
    return new Proposal(
        name, Proposal.Kind.FUNCTION, first.replaceFirst("^_\\.", "") + more, about(overloads));
  }

  /** What it gives, and below it every way to call it. */
  static String about(List<Overload> overloads) {
    Set<String> meanings = new LinkedHashSet<>();
    overloads.stream().map(Overload::meaning).filter(m -> !m.isEmpty()).forEach(meanings::add);
    String calls =
        overloads.stream().map(Overload::signature).distinct().collect(Collectors.joining("\n"));
    return meanings.isEmpty() ? calls : String.join("; ", meanings) + "\n" + calls;
  }
}
