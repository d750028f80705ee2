package io.assay.web.rules;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules as programs send and get them. */
final class RuleItems {
  private RuleItems() {}

  /** Rule files to be published. */
  record Wanted(
      @Nullable List<@Nullable FileItem> files,
      @Nullable Map<String, @Nullable String> parameters) {}

  /** {@code usual}: what is usual for the file, as {@code assay learn usual} has written it. */
  record FileItem(@Nullable String name, @Nullable String text, @Nullable String usual) {
    static FileItem of(SourceFile file) {
      return new FileItem(file.name(), file.text(), file.usual().orElse(null));
    }
  }

  /** The rules in force, or those of an older generation. */
  record Rules(
      long generation,
      @Nullable Item published,
      List<FileItem> files,
      Map<String, String> parameters,
      @Nullable Refused refused) {}

  /** {@code mode}: {@code draft}, {@code shadow} or {@code active}. */
  record ModeWanted(@Nullable String assertion, @Nullable String mode) {
    /**
     * @throws io.assay.web.system.Refused where it is none
     */
    Mode wantedMode() {
      return Stream.of(Mode.values())
          .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(mode))
          .findFirst()
          .orElseThrow(
              () ->
                  io.assay.web.system.Refused.bad(
                      "mode needs to be draft, shadow or active, got %s"
                          .formatted(mode == null ? "nothing" : "'" + mode + "'")));
    }
  }

  /** What a file shall be. */
  record TextWanted(@Nullable String text) {}

  /**
   * A file of a generation.
   *
   * @param assertions in its order; null where the rules of that generation are only read here
   */
  record OneFile(long generation, FileItem file, @Nullable List<FileAssertion> assertions) {}

  /** An assertion of a file; {@code line}: 1-based. */
  record FileAssertion(String name, String mode, int line) {}

  /**
   * A generation in the history.
   *
   * @param change of the file that was asked for: {@code added}, {@code changed} or {@code
   *     removed}; null where none was
   * @param added lines of that file, and {@code removed}
   */
  record Version(Item published, @Nullable String change, long added, long removed) {}

  /** How two generations differ; {@code from}: 0 is before all. */
  record Difference(long from, long to, List<FileChange> files) {}

  /** How a file differs: its lines, with a few around. */
  record FileChange(String name, long added, long removed, List<ChangedLine> lines) {
    static List<FileChange> of(RuleChange change) {
      return change.files().stream()
          .map(
              one ->
                  new FileChange(
                      one.name(), one.added(), one.removed(), ChangedLine.of(one.lines())))
          .toList();
    }
  }

  /**
   * A line.
   *
   * @param kind {@code same}, {@code added}, {@code removed}; or {@code skipped}, whose text is how
   *     many lines are left out
   * @param before its number in the old text, and {@code after} in the new one; 0 where it is not
   */
  record ChangedLine(String kind, int before, int after, String text) {
    static List<ChangedLine> of(List<LineDiff.Line> lines) {
      return lines.stream()
          .map(
              one ->
                  new ChangedLine(
                      one.kind().name().toLowerCase(Locale.ROOT),
                      one.before(),
                      one.after(),
                      one.text()))
          .toList();
    }
  }

  /** One generation. */
  record Item(
      long generation,
      Instant at,
      String actor,
      RuleHome home,
      String place,
      String version,
      String documentHash,
      String contentHash) {

    static Item of(GenerationRow row) {
      return new Item(
          row.generation(),
          row.origin().at(),
          row.origin().actor(),
          row.origin().home(),
          row.origin().place(),
          row.origin().version(),
          row.documentHash(),
          row.contentHash());
    }
  }

  /** A newer generation that this program cannot compile. */
  record Refused(long generation, String message) {}

  /** What is wrong, or odd, and where. */
  record IssueItem(
      String file,
      int line,
      int column,
      String severity,
      String code,
      String message,
      @Nullable String suggestion) {

    static IssueItem of(Issue issue) {
      return new IssueItem(
          issue.span().source(),
          issue.span().line(),
          issue.span().column(),
          issue.code().severity().toString().toLowerCase(Locale.ROOT),
          issue.code().code(),
          issue.message(),
          issue.suggestion().orElse(null));
    }
  }

  /** {@code changed}: false where the same rules were in force. */
  record Published(Item published, boolean changed, List<IssueItem> warnings) {}
}
