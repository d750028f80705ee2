package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an item stands after all that was said of it.
 *
 * @param finding what holds; empty while nothing does
 * @param said how many people have a verdict that stands
 */
record Standing(Status status, Optional<Finding> finding, int said) {

  /** Of an item. */
  enum Status {
    /** Somebody is still to look. */
    OPEN,
    /** As many as needed have looked, and say the same. */
    AGREED,
    /** They do not say the same, and somebody is to settle it. */
    DISPUTED,
    /** Somebody has. */
    SETTLED
  }

  /**
   * Of an item of which so many people are to say something. What settles holds, the latest first;
   * else of each reviewer the latest. An unclear verdict is one, too: others may see more, but
   * nobody is asked for more than {@code needed}. Where the answer is known beforehand it holds,
   * whatever people say: they are held against it, and dispute nothing.
   *
   * @param verdicts in any order, undone ones among them
   * @param needed at least 1
   * @param known the answer, where it is known
   */
  static Standing of(List<Verdict> verdicts, int needed, Optional<Finding> known) {
    Map<String, Finding> latest = new LinkedHashMap<>();
    Optional<Finding> settled = Optional.empty();
    List<Verdict> inOrder =
        verdicts.stream()
            .filter(verdict -> verdict.undone().isEmpty())
            .sorted(Comparator.comparingLong(Verdict::id))
            .toList();
    for (Verdict verdict : inOrder) {
      if (verdict.settles()) {
        settled = Optional.of(verdict.finding());
      } else {
        latest.put(verdict.reviewer(), verdict.finding());
      }
    }
    if (settled.isPresent()) {
      return new Standing(Status.SETTLED, known.isPresent() ? known : settled, latest.size());
    }
    if (latest.size() < needed) {
      return new Standing(Status.OPEN, Optional.empty(), latest.size());
    }
    if (known.isPresent()) {
      return new Standing(Status.SETTLED, known, latest.size());
    }
    Set<Finding> said = new HashSet<>(latest.values());
    return said.size() == 1
        ? new Standing(Status.AGREED, said.stream().findFirst(), latest.size())
        : new Standing(Status.DISPUTED, Optional.empty(), latest.size());
  }
}
