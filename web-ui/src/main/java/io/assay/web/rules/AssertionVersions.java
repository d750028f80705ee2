package io.assay.web.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How the text of one assertion came to be: of all generations those that changed it. */
@Component
public class AssertionVersions {
  /** How far back it is looked: each generation is read whole. */
  private static final int LOOKED = 24;

  private final RuleHistory history;
  private final KnownGenerations known;

  AssertionVersions(RuleHistory history, KnownGenerations known) {
    this.history = history;
    this.known = known;
  }

  /** The newest first, of the last generations. */
  public List<AssertionVersion> of(String project, String assertion) {
    List<GenerationRow> rows = history.of(project, LOOKED + 1);
    List<Optional<AssertionText>> texts = new ArrayList<>();
    for (GenerationRow row : rows) {
      texts.add(text(project, row, assertion));
    }
    List<AssertionVersion> changed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean isOldest = i + 1 == rows.size();
      if (isOldest && rows.size() > LOOKED) {
        break;
      }
      String now = texts.get(i).map(AssertionText::text).orElse("");
      String old = isOldest ? "" : texts.get(i + 1).map(AssertionText::text).orElse("");
      if (!now.equals(old)) {
        changed.add(version(rows.get(i), isOldest ? 0 : rows.get(i + 1).generation(), old, now));
      }
    }
    return changed;
  }

  private static AssertionVersion version(GenerationRow row, long before, String old, String now) {
    return new AssertionVersion(
        row.generation(),
        before,
        row.at(),
        row.origin().actor(),
        row.origin().home().name(),
        row.shortVersion(),
        LineDiff.of(old, now),
        now.isEmpty());
  }

  private Optional<AssertionText> text(String project, GenerationRow row, String assertion) {
    return known.content(project, row).flatMap(one -> AssertionText.of(one, assertion));
  }

  /** Where it stands in the files in force. */
  public Optional<Place> place(String project, String assertion) {
    return known
        .inForce(project)
        .flatMap(
            one ->
                AssertionText.of(one.set().content(), assertion)
                    .map(
                        text ->
                            new Place(
                                text.file(),
                                text.line(),
                                text.text(),
                                one.number(),
                                !one.set().origin().home().isFiles())));
  }

  /**
   * A place in a file.
   *
   * @param line 1-based
   * @param text of the assertion as it is written there
   * @param generation of the rules in force
   * @param isChangedHere whether its rules are changed in the web
   */
  public record Place(String file, int line, String text, long generation, boolean isChangedHere) {}
}
