package io.assay.assertion.weaklabel;

/** What a reviewer said of a flag, or of a correction. */
public enum Finding {
  /** The model was wrong there; of a correction: it is what the output should have been. */
  ERROR,
  /** The model was right there; of a correction: it is not what the output should have been. */
  NO_ERROR,
  /** Cannot be told from what was shown. Says nothing of precision. */
  UNCLEAR
}
