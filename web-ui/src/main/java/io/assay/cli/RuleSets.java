package io.assay.cli;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rule sets that a command's files make: one, as a rule, in which all names are shared.
 *
 * <p>A folder of examples, or of the rules of several projects, holds sets of their own. It is told
 * by this: the files repeat each other's names, and none of them needs a name of another one.
 */
final class RuleSets {
  private static final Set<IssueCode> NEEDS_OTHERS =
      Set.of(
          IssueCode.UNKNOWN_STREAM,
          IssueCode.UNKNOWN_MODEL,
          IssueCode.UNKNOWN_ROUTE,
          IssueCode.UNKNOWN_ASSERTION);

  /** Said where there are several. */
  static final String APART =
      "assay: these %d files repeat each other's names and need none of each other's, so each is"
          + " read as a rule set of its own";

  private RuleSets() {}

  record RuleSet(List<SourceFile> sources, Compilation compilation) {
    RuleSet {
      sources = List.copyOf(sources);
    }
  }

  static List<RuleSet> of(List<SourceFile> sources, Map<String, String> overrides) {
    RuleSet together = compile(sources, overrides);
    if (sources.size() == 1 || repeated(together) == 0) {
      return List.of(together);
    }
    List<RuleSet> alone = sources.stream().map(s -> compile(List.of(s), overrides)).toList();
    long within = alone.stream().mapToLong(RuleSets::repeated).sum();
    boolean apart = repeated(together) > within && alone.stream().noneMatch(RuleSets::needsOthers);
    return apart ? withOwnParameters(alone, overrides) : List.of(together);
  }

  /** Compiles, and says on standard error all that is wrong; empty if there is an error. */
  static Optional<List<CheckedRules>> checked(
      List<Path> paths, Map<String, String> overrides, PrintWriter err) {
    List<RuleSet> sets = of(RuleFiles.sources(paths), overrides);
    for (RuleSet set : sets) {
      err.print(new IssueRenderer(set.sources()).render(set.compilation().issues()));
    }
    err.flush();
    List<CheckedRules> rules =
        sets.stream().flatMap(set -> set.compilation().rules().stream()).toList();
    return rules.size() == sets.size() ? Optional.of(rules) : Optional.empty();
  }

  private static RuleSet compile(List<SourceFile> sources, Map<String, String> overrides) {
    return new RuleSet(sources, new RuleCompiler().compile(sources, overrides));
  }

  private static long repeated(RuleSet set) {
    return count(set, Set.of(IssueCode.DUPLICATE));
  }

  private static boolean needsOthers(RuleSet set) {
    return count(set, NEEDS_OTHERS) > 0;
  }

  private static long count(RuleSet set, Set<IssueCode> codes) {
    return set.compilation().issues().stream().filter(i -> codes.contains(i.code())).count();
  }

  /** A parameter need not be declared in each set, but in one; in none is told once. */
  private static List<RuleSet> withOwnParameters(
      List<RuleSet> sets, Map<String, String> overrides) {
    List<RuleSet> compiled = new ArrayList<>();
    for (RuleSet set : sets) {
      Map<String, String> own = new LinkedHashMap<>(overrides);
      own.keySet()
          .removeIf(
              name ->
                  isUnknown(name, set)
                      && (!set.equals(sets.get(0))
                          || sets.stream().anyMatch(other -> !isUnknown(name, other))));
      compiled.add(own.equals(overrides) ? set : compile(set.sources(), own));
    }
    return compiled;
  }

  private static boolean isUnknown(String parameter, RuleSet set) {
    return set.compilation().issues().stream()
        .filter(issue -> issue.code() == IssueCode.UNKNOWN_PARAMETER)
        .map(Issue::span)
        .anyMatch(span -> span.source().equals("--set " + parameter));
  }
}
