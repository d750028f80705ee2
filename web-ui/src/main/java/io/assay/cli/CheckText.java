package io.assay.cli;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.cli.RuleSets.RuleSet;
import java.io.PrintWriter;
import java.util.List;

/** What a check found, for people: every issue with its place, then how it stands. */
final class CheckText {
  private CheckText() {}

  static void write(List<RuleSet> sets, PrintWriter out) {
    for (RuleSet set : sets) {
      out.print(new IssueRenderer(set.sources()).render(set.compilation().issues()));
    }
    for (RuleSet set : sets) {
      String name = sets.size() > 1 ? set.sources().get(0).name() + ": " : "";
      out.println(name + summary(set));
    }
  }

  private static String summary(RuleSet set) {
    List<Issue> issues = set.compilation().issues();
    long errors = issues.stream().filter(Issue::isError).count();
    long warnings = issues.size() - errors;
    String warned = warnings == 0 ? "" : ", " + count(warnings, "warning");
    return set.compilation()
        .rules()
        .map(rules -> contents(rules) + ": no errors" + warned)
        .orElseGet(() -> count(errors, "error") + warned + files(set, issues));
  }

  private static String contents(CheckedRules rules) {
    return "%s, %s, %s"
        .formatted(
            count(rules.streams().size(), "stream"),
            count(rules.assertions().size(), "assertion"),
            count(rules.tests().size(), "test"));
  }

  private static String files(RuleSet set, List<Issue> issues) {
    List<String> wrong =
        issues.stream().filter(Issue::isError).map(i -> i.span().source()).distinct().toList();
    long inFiles =
        set.sources().stream().map(SourceFile::name).filter(wrong::contains).distinct().count();
    int all = set.sources().size();
    return all == 1 || inFiles == 0 ? "" : " in %d of %d files".formatted(inFiles, all);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
