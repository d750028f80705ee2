package io.assay.web.rules;

import io.assay.web.system.Moment;
import java.util.List;

/**
 * A generation of the rules that changed one assertion.
 *
 * @param before the generation that it followed; 0 where the assertion came with it
 * @param actor who published it
 * @param home where rules are changed: {@code WEB}, {@code FOLDER} or {@code GIT}
 * @param version of that place, such as a commit; may be empty
 * @param lines what changed in its text, with a few lines around; all of it where it came
 * @param removed whether it went with it
 */
public record AssertionVersion(
    long generation,
    long before,
    Moment at,
    String actor,
    String home,
    String version,
    List<LineDiff.Line> lines,
    boolean removed) {
  public AssertionVersion {
    lines = List.copyOf(lines);
  }
}
