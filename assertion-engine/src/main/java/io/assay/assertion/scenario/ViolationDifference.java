package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import java.util.HashMap;
import java.util.Map;

/**
 * Which violations two versions of rules have in common over the same events.
 *
 * <p>Two violations are one if their {@link ViolationMark}s are. Remembered is that of each old
 * violation.
 */
public final class ViolationDifference {
  private final Map<ViolationMark, Integer> unmatched = new HashMap<>();
  private final Map<String, Long> old = new HashMap<>();
  private final Map<String, Long> both = new HashMap<>();
  private final Map<String, Long> onlyNew = new HashMap<>();

  /** Notes a violation of the old rules; all of them come first. */
  public void old(Violation violation) {
    old.merge(violation.assertion(), 1L, Long::sum);
    unmatched.merge(ViolationMark.of(violation), 1, Integer::sum);
  }

  /** Notes a violation of the new rules; whether the old ones did not have it. */
  public boolean isNew(Violation violation) {
    boolean known = take(violation);
    (known ? both : onlyNew).merge(violation.assertion(), 1L, Long::sum);
    return !known;
  }

  /**
   * After all new ones, the old violations are given once more: whether the new rules do not have
   * this one.
   */
  public boolean isGone(Violation violation) {
    return take(violation);
  }

  public long both(String assertion) {
    return both.getOrDefault(assertion, 0L);
  }

  public long onlyNew(String assertion) {
    return onlyNew.getOrDefault(assertion, 0L);
  }

  public long onlyOld(String assertion) {
    return old.getOrDefault(assertion, 0L) - both(assertion);
  }

  private boolean take(Violation violation) {
    ViolationMark mark = ViolationMark.of(violation);
    boolean there = unmatched.containsKey(mark);
    unmatched.computeIfPresent(mark, (same, count) -> count == 1 ? null : count - 1);
    return there;
  }
}
