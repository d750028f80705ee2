package io.assay.cli;

import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.explain.Explanation;
import io.assay.assertion.explain.Load;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.Suggestions;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.cli.RuleSets.RuleSet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The assertions of rule sets, to be explained by name. */
final class RuleExplanations {
  private final List<RuleSet> sets;

  private RuleExplanations(List<RuleSet> sets) {
    this.sets = sets;
  }

  /** Says on standard error what is wrong; empty if there is an error. */
  static Optional<RuleExplanations> of(List<RuleSet> sets, PrintWriter err) {
    boolean well = true;
    for (RuleSet set : sets) {
      boolean refused = set.compilation().hasErrors();
      if (refused) {
        err.print(new IssueRenderer(set.sources()).render(set.compilation().issues()));
      }
      well &= !refused;
    }
    err.flush();
    return well ? Optional.of(new RuleExplanations(sets)) : Optional.empty();
  }

  /** Of a name in several rule sets there are several; never none. */
  List<Explanation> named(String name, Load load) {
    var found = new ArrayList<Explanation>();
    for (RuleSet set : sets) {
      set.compilation()
          .rules()
          .ifPresent(
              rules ->
                  candidates(rules, name).stream()
                      .filter(assertion -> assertion.name().equals(name))
                      .map(assertion -> Explanation.of(assertion, rules, set.sources(), load))
                      .forEach(found::add));
    }
    if (found.isEmpty()) {
      throw CommandFailure.wrongUse(unknown(name));
    }
    return found;
  }

  /** With the built-in one of each stream, unless a rule has its name. */
  private static List<CheckedAssertion> candidates(CheckedRules rules, String name) {
    List<CheckedAssertion> all = rules.all();
    boolean builtIn = name.equals(CheckedAssertion.SCHEMA) && rules.assertion(name).isEmpty();
    return builtIn
        ? rules.streams().stream()
            .map(s -> StreamJudge.of(rules, s, "default").assertions().getFirst())
            .toList()
        : all;
  }

  private String unknown(String name) {
    List<String> names = List.copyOf(new TreeSet<>(all().map(CheckedAssertion::name).toList()));
    String offered =
        Suggestions.didYouMean(name, names)
            .orElseGet(() -> names.isEmpty() ? "there is none" : "there are " + some(names));
    return "no assertion is called '%s'; %s".formatted(name, offered);
  }

  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(12, names.size())));
    return names.size() > 12 ? first + ", …" : first;
  }

  /** A line an assertion: its name, place, kind, stream, level, mode and sentence. */
  void list(PrintWriter out) {
    List<CheckedAssertion> all = all(Load.USUAL).stream().map(Explanation::assertion).toList();
    int width = all.stream().mapToInt(a -> a.name().length()).max().orElse(0);
    all.forEach(a -> out.println(pad(a.name(), width) + line(a)));
  }

  private static String pad(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  private static String line(CheckedAssertion assertion) {
    return "  %s:%d  %s on %s, %s, %s%s"
        .formatted(
            assertion.span().source(),
            assertion.span().line(),
            assertion.kind().word(),
            assertion.on().name(),
            assertion.level().name().toLowerCase(Locale.ROOT),
            assertion.mode().name().toLowerCase(Locale.ROOT),
            assertion.title().map(title -> ": " + title).orElse(""));
  }

  /** All of them, in order of their files. */
  List<Explanation> all(Load load) {
    return sets.stream()
        .flatMap(
            set ->
                set.compilation().rules().stream()
                    .flatMap(rules -> Explanation.of(rules, set.sources(), load).stream()))
        .toList();
  }

  private Stream<CheckedAssertion> all() {
    return sets.stream()
        .flatMap(set -> set.compilation().rules().stream())
        .flatMap(rules -> rules.all().stream());
  }
}
