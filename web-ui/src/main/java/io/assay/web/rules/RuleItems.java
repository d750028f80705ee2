package io.assay.web.rules;

import io.assay.assertion.rule.Issue;
import io.assay.stream.contract.RuleHome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules as programs send and get them. */
final class RuleItems {
  private RuleItems() {}

  /** Rule files to be published. */
  record Wanted(
      @Nullable List<@Nullable FileItem> files,
      @Nullable Map<String, @Nullable String> parameters) {}

  /** {@code usual}: what is usual for the file, as {@code assay learn usual} has written it. */
  record FileItem(@Nullable String name, @Nullable String text, @Nullable String usual) {}

  /** The rules in force, or those of an older generation. */
  record Rules(
      long generation,
      @Nullable Item published,
      List<FileItem> files,
      Map<String, String> parameters,
      @Nullable Refused refused,
      List<Item> history) {}

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
