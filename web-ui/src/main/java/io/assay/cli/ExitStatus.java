package io.assay.cli;

/**
 * How a command ended, as the shell sees it. Scripts depend on these numbers; they never change
 * meaning.
 *
 * <p>A file that is missing, unreadable or not in the form it should have is {@link
 * #COULD_NOT_RUN}: the command line was right, the world was not. {@link #CHECK_FAILED} is kept for
 * commands whose answer is "no": rules with errors, failed tests, a gate.
 */
enum ExitStatus {
  /** It ran, and whatever it checks has passed. */
  WELL(0),
  /** It ran, and a check did not pass. */
  CHECK_FAILED(1),
  /** The command line made no sense; nothing ran. */
  WRONG_USE(2),
  /** A file, port, broker or database stood in the way, or Assay itself failed. */
  COULD_NOT_RUN(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
