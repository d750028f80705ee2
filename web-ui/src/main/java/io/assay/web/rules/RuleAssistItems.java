package io.assay.web.rules;

import io.assay.assertion.assist.Explained;
import io.assay.assertion.assist.Proposal;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.scenario.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What an editor asks while someone writes, and what it is told. */
final class RuleAssistItems {
  private RuleAssistItems() {}

  /**
   * A file as it stands in the editor.
   *
   * @param offset where the caret is, in UTF-16 units from 0; the end where it is left out
   */
  record Asked(@Nullable String file, @Nullable String text, @Nullable Integer offset) {
    /** With all that is needed. */
    RuleDraft draft() {
      String name = file == null ? "" : file.strip();
      if (text == null || !RuleFileName.isOne(name)) {
        throw new ResponseStatusException(
            HttpStatus.BAD_REQUEST,
            text == null ? "what is asked about needs a text" : RuleFileName.NEEDED);
      }
      return new RuleDraft(name, name, text, 0);
    }

    /** Within the text. */
    int place() {
      int end = text == null ? 0 : text.length();
      return offset == null ? end : Math.clamp(offset, 0, end);
    }
  }

  /** What is wrong, or odd; {@code told} is all of it as the command line writes it. */
  record Checked(List<Diagnostic> issues, String told) {}

  /**
   * One issue.
   *
   * @param start offset of its first character in its file, in UTF-16 units from 0
   * @param end offset behind its last one
   * @param line of its first character, from 1
   * @param column of its first character, from 1, in code points
   * @param told as the command line writes it, with the line and a caret
   */
  record Diagnostic(
      String file,
      int start,
      int end,
      int line,
      int column,
      String severity,
      String code,
      String message,
      @Nullable String suggestion,
      String told) {

    static Diagnostic of(Issue issue, IssueRenderer renderer) {
      return new Diagnostic(
          issue.span().source(),
          issue.span().start(),
          issue.span().end(),
          issue.span().line(),
          issue.span().column(),
          issue.code().severity().toString().toLowerCase(Locale.ROOT),
          issue.code().code(),
          issue.message(),
          issue.suggestion().orElse(null),
          renderer.render(List.of(issue)));
    }
  }

  /**
   * A change of a file.
   *
   * @param generation that it is held against; 0 where there are no rules
   * @param patch as {@code git apply} reads it; empty where nothing differs
   */
  record Patch(String file, long generation, String patch) {}

  /** The text laid out; as it was where it has mistakes. */
  record Laid(String text, List<Diagnostic> issues) {}

  /**
   * What may be written at a place.
   *
   * @param start where what was begun of it begins: a proposal takes its place
   */
  record Proposed(int start, List<Item> proposals) {}

  /** One proposal; {@code kind}: {@code keyword}, {@code field}, {@code function} and the like. */
  record Item(String text, String kind, String detail, String about) {
    static Item of(Proposal one) {
      return new Item(
          one.text(), one.kind().name().toLowerCase(Locale.ROOT), one.detail(), one.about());
    }
  }

  /** What a word means; nothing where {@code explained} is null. */
  record Meaning(@Nullable Explained explained) {}

  /** What became of a file's tests; none ran where its rules have mistakes. */
  record Tested(long passed, long failed, long pending, List<TestItem> tests, long mistakes) {}

  /**
   * What became of one test.
   *
   * @param outcome {@code passed}, {@code failed} or {@code pending}
   * @param reason why it is pending
   */
  record TestItem(
      String assertion,
      String title,
      int line,
      String outcome,
      @Nullable String reason,
      List<Map<String, Object>> differences) {

    static TestItem of(CheckedTest test, Outcome outcome) {
      String what =
          switch (outcome) {
            case Outcome.Passed ignored -> "passed";
            case Outcome.Failed ignored -> "failed";
            case Outcome.Pending ignored -> "pending";
          };
      return new TestItem(
          test.assertion(),
          test.title(),
          test.span().line(),
          what,
          outcome instanceof Outcome.Pending why ? why.reason() : null,
          outcome instanceof Outcome.Failed why
              ? why.differences().stream().map(TestItem::difference).toList()
              : List.of());
    }

    private static Map<String, Object> difference(Outcome.Difference one) {
      return Map.of(
          "line", one.span().line(),
          "column", one.span().column(),
          "expected", one.expected(),
          "came", one.came());
    }
  }
}
