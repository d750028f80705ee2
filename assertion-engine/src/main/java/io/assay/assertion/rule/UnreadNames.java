package io.assay.assertion.rule;

import java.util.HashSet;
import java.util.Set;

/**
 * Names that may be declared where the text could not be read: using one is not told as a mistake.
 */
final class UnreadNames {
  private final Set<String> forgiven = new HashSet<>();
  private boolean forgivesAll;
  private boolean damaged;

  /** {@code damaged}: the stream's own fields are not all known. */
  UnreadNames(boolean damaged) {
    this.damaged = damaged;
  }

  /** Not all fields of its streams are known: what is missing in them is not told. */
  boolean isDamaged() {
    return damaged;
  }

  /** From here on: something that names may come from could not be read. */
  void damage() {
    damaged = true;
  }

  /** Names that stand in parts which could not be read: they may be declared there. */
  void forgive(Set<String> names) {
    forgiven.addAll(names);
    // 'each boxes': the variable itself was left out, and may be called anything.
    forgivesAll |= names.contains("each") && names.size() <= 2;
    if (names.contains("compare")) {
      forgiven.addAll(Set.of("old", "new", "pairs"));
    }
  }

  boolean isForgiven(String name) {
    return forgivesAll || forgiven.contains(name);
  }
}
