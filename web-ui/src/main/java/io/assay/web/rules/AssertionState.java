package io.assay.web.rules;

/** What an assertion does at the moment. */
public enum AssertionState {
  ACTIVE,
  SHADOW,
  DRAFT,
  /** Left out by some task, because it took too much. */
  SUSPENDED,
  /** It failed for some key. */
  ERROR;

  public boolean isWell() {
    return this != SUSPENDED && this != ERROR;
  }
}
