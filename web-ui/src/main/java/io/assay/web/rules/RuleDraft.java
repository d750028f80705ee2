package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where someone is who edits.
 *
 * @param file its name
 * @param opened the name of the file that was opened; empty for a new one
 * @param follows the generation that was looked at, 0 for none
 */
record RuleDraft(String file, String opened, String text, long follows) {
  RuleDraft {
    // A form ends its lines its own way.
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    if (!text.isEmpty() && !text.endsWith("\n")) {
      text += "\n";
    }
  }

  /** The number of lines to show. */
  public long rows() {
    return Math.max(12, Math.min(34, text.lines().count() + 2));
  }

  public boolean isNew() {
    return opened.isEmpty();
  }

  /** The same, once that generation has been looked at as well. */
  RuleDraft following(long generation) {
    return new RuleDraft(file, opened, text, generation);
  }

  /**
   * The rules as they are once this is published, or the file removed.
   *
   * @param followed those of the generation that it follows; none where it is the first
   * @throws IllegalArgumentException with what stands in the way
   */
  RuleContent in(Optional<RuleContent> followed, boolean remove) {
    requireName(followed);
    List<SourceFile> files = new ArrayList<>();
    boolean placed = remove;
    for (SourceFile one : followed.map(RuleContent::files).orElse(List.of())) {
      if (!one.name().equals(file)) {
        files.add(one);
      } else if (!remove) {
        files.add(new SourceFile(file, text, one.usual()));
        placed = true;
      }
    }
    if (!placed) {
      files.add(new SourceFile(file, text));
    }
    return new RuleContent(files, followed.map(RuleContent::parameters).orElse(Map.of()));
  }

  private void requireName(Optional<RuleContent> followed) {
    if (!RuleFileName.isOne(file)) {
      throw new IllegalArgumentException(RuleFileName.NEEDED);
    }
    if (isNew() && followed.flatMap(one -> file(one, file)).isPresent()) {
      throw new IllegalArgumentException(
          "there is a file '%s' already, and nothing was changed: a new file needs a name of its"
                  .formatted(file)
              + " own, and that one is edited from the page of rules");
    }
    if (!isNew() && !opened.equals(file)) {
      throw new IllegalArgumentException(
          "the file '%s' keeps its name, got '%s': another name needs a new file"
              .formatted(opened, file));
    }
  }

  static Optional<SourceFile> file(RuleContent content, String name) {
    return content.files().stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
