package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.web.system.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How one file of the rules came to be: of all generations those that changed it. */
@Component
class FileVersions {
  /** How far one part looks: each generation is read whole. */
  private static final int LOOKED = 100;

  private final RuleHistory history;
  private final KnownGenerations known;

  FileVersions(RuleHistory history, KnownGenerations known) {
    this.history = history;
    this.known = known;
  }

  /** The newest first. A part ends where it is full, or has looked far enough. */
  Listing<RuleItems.Version> of(
      String project, String name, Optional<GenerationPlace> after, int limit) {
    List<GenerationRow> rows = history.of(project, after, LOOKED + 1);
    List<RuleItems.Version> changed = new ArrayList<>();
    Optional<SourceFile> now =
        rows.isEmpty() ? Optional.empty() : file(project, rows.getFirst(), name);
    int i = 0;
    while (i < Math.min(LOOKED, rows.size()) && changed.size() < limit) {
      GenerationRow row = rows.get(i);
      i++;
      Optional<SourceFile> before =
          i < rows.size() ? file(project, rows.get(i), name) : Optional.empty();
      if (!now.equals(before)) {
        changed.add(version(row, before, now));
      }
      now = before;
    }
    return new Listing<>(
        changed, i < rows.size() ? GenerationPlace.of(rows.get(i - 1)).text() : null);
  }

  private Optional<SourceFile> file(String project, GenerationRow row, String name) {
    return known.content(project, row).flatMap(one -> RuleDraft.file(one, name));
  }

  private static RuleItems.Version version(
      GenerationRow row, Optional<SourceFile> before, Optional<SourceFile> now) {
    List<LineDiff.Line> lines = LineDiff.of(text(before), text(now));
    String change = before.isEmpty() ? "added" : now.isEmpty() ? "removed" : "changed";
    return new RuleItems.Version(
        RuleItems.Item.of(row),
        change,
        LineDiff.count(lines.stream(), LineDiff.Kind.ADDED),
        LineDiff.count(lines.stream(), LineDiff.Kind.REMOVED));
  }

  private static String text(Optional<SourceFile> file) {
    return file.map(SourceFile::text).orElse("");
  }
}
