package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is wrong, each thing once: a slice is checked wherever it is used, its mistakes are told
 * once. Nobody reads the ten-thousandth mistake of a file, and finding it costs time: at some point
 * the work on that file ends; on the others it goes on. Warnings stop nothing, however many they
 * are.
 */
final class IssueLog implements Consumer<Issue> {
  static final int MOST = 500;

  /** Of files that were not read, so that nobody knows what they declare. */
  private static final Set<IssueCode> UNREAD = EnumSet.of(IssueCode.TOO_DEEP, IssueCode.TOO_MUCH);

  private final Set<Issue> issues = new LinkedHashSet<>();
  private final Map<String, Integer> perSource = new HashMap<>();

  /**
   * Runs a piece of work that tells what is wrong, to its end or to where a file has told enough.
   */
  void during(Runnable work) {
    try {
      work.run();
    } catch (Full full) {
      // All is said, that it is not all as well.
    }
  }

  /** The same, of one file; none of it where that has told enough already. */
  void during(String source, Runnable work) {
    if (told(source) < MOST) {
      during(work);
    }
  }

  @Override
  public void accept(Issue issue) {
    String source = issue.span().source();
    if (!issue.isError()) {
      issues.add(issue);
    } else if (told(source) >= MOST) {
      throw new Full();
    } else if (issues.add(issue) && perSource.merge(source, 1, Integer::sum) == MOST) {
      issues.add(
          new Issue(
              IssueCode.TOO_MUCH,
              issue.span(),
              "%d mistakes are shown; there may be more".formatted(MOST)));
      throw new Full();
    }
  }

  private int told(String source) {
    return perSource.getOrDefault(source, 0);
  }

  List<Issue> issues() {
    return new ArrayList<>(issues);
  }

  /** Whether all that files declare is known, as far as it can be read. */
  boolean allRead() {
    return issues.stream().noneMatch(issue -> UNREAD.contains(issue.code()));
  }

  /** Leaves the work, however deep it is. */
  private static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super(null, null, false, false);
    }
  }
}
