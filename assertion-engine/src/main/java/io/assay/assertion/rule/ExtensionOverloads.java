package io.assay.assertion.rule;

import io.assay.assertion.function.ExtensionFunction;
import io.assay.assertion.function.Extensions;
import io.assay.assertion.rule.Overload.Parameter;
import io.assay.assertion.rule.Overload.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The functions of extensions beside the built-in ones, whose names they may not take. */
record ExtensionOverloads(
    Extensions extensions, FunctionCatalogue catalogue, List<String> problems) {
  private static final Set<String> MACROS =
      Set.of("has", "all", "exists", "exists_one", "filter", "map", "clusters");

  private static volatile ExtensionOverloads latest = of(Extensions.installed());

  ExtensionOverloads {
    problems = List.copyOf(problems);
  }

  static ExtensionOverloads installed() {
    Extensions now = Extensions.installed();
    ExtensionOverloads known = latest;
    if (known.extensions() != now) {
      known = of(now);
      latest = known;
    }
    return known;
  }

  static ExtensionOverloads of(Extensions extensions) {
    FunctionCatalogue builtIn = FunctionCatalogue.builtIn();
    Set<String> taken = builtIn.names();
    var overloads = new ArrayList<Overload>();
    var problems = new ArrayList<>(extensions.problems());
    for (ExtensionFunction function : extensions.functions()) {
      if (taken.contains(function.name()) || MACROS.contains(function.name())) {
        problems.add(
            "an extension cannot add '%s': the language has a function of this name"
                .formatted(function.name()));
      } else {
        overloads.add(overload(function));
      }
    }
    return new ExtensionOverloads(
        extensions, overloads.isEmpty() ? builtIn : builtIn.and(overloads), problems);
  }

  private static Overload overload(ExtensionFunction function) {
    return new Overload(
        function.name(),
        function.id(),
        false,
        function.parameters().stream().<Parameter>map(Parameter.Exactly::new).toList(),
        new Result.Always(function.result()),
        function.meaning());
  }

  /** No file says so, and every rule set must say it. */
  List<Issue> issues() {
    return problems.stream()
        .map(
            problem ->
                new Issue(
                    IssueCode.UNKNOWN_FUNCTION,
                    new Span("<functions>", 0, 0, 1, 1),
                    problem,
                    Optional.empty()))
        .toList();
  }
}
