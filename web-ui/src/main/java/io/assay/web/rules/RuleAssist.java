package io.assay.web.rules;

import io.assay.assertion.assist.Proposal;
import io.assay.assertion.assist.RuleAssistant;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.format.Formatted;
import io.assay.assertion.rule.format.RuleFormatter;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.scenario.Outcome;
import io.assay.assertion.scenario.RuleTests;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** What helps whoever writes a rule file: beside the other files in force, and changing nothing. */
@Service
class RuleAssist {
  private final ActiveRules active;
  private final RulePublishing publishing;

  RuleAssist(ActiveRules active, RulePublishing publishing) {
    this.active = active;
    this.publishing = publishing;
  }

  /** The rules in force with this file as it is drafted. */
  RuleContent content(String project, RuleDraft draft) {
    return draft.in(active.generation(project).map(one -> one.set().content()), false);
  }

  /** What publishing the draft would say. */
  RuleAssistItems.Checked check(String project, RuleDraft draft, SignedIn person) {
    RuleContent content = content(project, draft);
    List<Issue> issues = publishing.check(project, content, person);
    var renderer = new IssueRenderer(content.files());
    return new RuleAssistItems.Checked(
        issues.stream().map(one -> RuleAssistItems.Diagnostic.of(one, renderer)).toList(),
        renderer.render(issues));
  }

  /** The draft in the one layout. */
  RuleAssistItems.Laid format(RuleDraft draft) {
    var source = new SourceFile(draft.file(), draft.text());
    Formatted formatted = new RuleFormatter().format(source);
    var renderer = new IssueRenderer(List.of(source));
    return new RuleAssistItems.Laid(
        formatted.text(),
        formatted.issues().stream()
            .map(one -> RuleAssistItems.Diagnostic.of(one, renderer))
            .toList());
  }

  /** What may be written at a place in the draft. */
  RuleAssistItems.Proposed complete(String project, RuleDraft draft, int place) {
    var assistant = new RuleAssistant(content(project, draft).files());
    List<Proposal> proposals = assistant.proposals(draft.file(), place);
    return new RuleAssistItems.Proposed(
        RuleAssistant.begin(draft.text(), place),
        proposals.stream().map(RuleAssistItems.Item::of).toList());
  }

  /** What the word at a place in the draft means. */
  RuleAssistItems.Meaning explain(String project, RuleDraft draft, int place) {
    var assistant = new RuleAssistant(content(project, draft).files());
    return new RuleAssistItems.Meaning(assistant.explain(draft.file(), place).orElse(null));
  }

  /** How the draft differs from the file in force. */
  RuleAssistItems.Patch patch(String project, RuleDraft draft) {
    Optional<RuleGeneration> now = active.generation(project);
    String before =
        now.flatMap(one -> RuleDraft.file(one.set().content(), draft.file()))
            .map(SourceFile::text)
            .orElse("");
    return new RuleAssistItems.Patch(
        draft.file(),
        now.map(RuleGeneration::number).orElse(0L),
        LinePatch.of(draft.file(), before, draft.text()));
  }

  /** Runs the tests of the draft's file. */
  RuleAssistItems.Tested test(String project, RuleDraft draft, SignedIn person) {
    Compilation compiled = publishing.compiled(project, content(project, draft), person);
    Optional<CheckedRules> rules = compiled.rules();
    List<RuleAssistItems.TestItem> items = new ArrayList<>();
    rules.ifPresent(checked -> run(checked, draft.file(), items));
    return new RuleAssistItems.Tested(
        count(items, "passed"),
        count(items, "failed"),
        count(items, "pending"),
        items,
        compiled.issues().stream().filter(Issue::isError).count());
  }

  private static void run(CheckedRules rules, String file, List<RuleAssistItems.TestItem> items) {
    var tests =
        new RuleTests(
            rules,
            (ruleFile, name) -> {
              throw new NoSuchFileException(name, null, "files beside rules are not kept here");
            });
    for (CheckedTest test : rules.tests()) {
      if (test.span().source().equals(file)) {
        Outcome outcome =
            unkeptFile(test)
                .<Outcome>map(
                    name ->
                        new Outcome.Pending(
                            "it reads %s, and files beside rules are not kept here: ./assay test runs it"
                                .formatted(name)))
                .orElseGet(() -> tests.run(test));
        items.add(RuleAssistItems.TestItem.of(test, outcome));
      }
    }
  }

  /** The first of the files that a test reads. */
  static Optional<String> unkeptFile(CheckedTest test) {
    return test.given().stream()
        .flatMap(
            given ->
                given instanceof CheckedTest.Given.Lines lines
                    ? Stream.of(lines.file())
                    : Stream.empty())
        .findFirst();
  }

  private static long count(List<RuleAssistItems.TestItem> items, String outcome) {
    return items.stream().filter(one -> one.outcome().equals(outcome)).count();
  }
}
