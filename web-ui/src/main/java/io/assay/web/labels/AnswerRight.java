package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import org.jspecify.annotations.Nullable;

/**
 * Who is told which answers are known: all but reviewers, who are given such items to judge.
 * Viewers and programs give no verdicts; authors set the answers.
 */
final class AnswerRight {
  private AnswerRight() {}

  /** The person who is not told; empty where whoever asks may know. */
  static String hiddenFrom(Access access, @Nullable SignedIn person, String project) {
    return person == null
            || access.role(person, project).filter(role -> role != Role.REVIEWER).isPresent()
        ? ""
        : person.name();
  }
}
