package io.assay.cli;

import org.jspecify.annotations.Nullable;

/**
 * Ends a command with a sentence for its user; the stack trace is shown under {@code --debug} only.
 */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;

  private CommandFailure(ExitStatus status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  static CommandFailure wrongUse(String message) {
    return new CommandFailure(ExitStatus.WRONG_USE, message, null);
  }

  static CommandFailure checkFailed(String message) {
    return new CommandFailure(ExitStatus.CHECK_FAILED, message, null);
  }

  static CommandFailure couldNotRun(String message) {
    return new CommandFailure(ExitStatus.COULD_NOT_RUN, message, null);
  }

  static CommandFailure couldNotRun(String message, Throwable cause) {
    return new CommandFailure(ExitStatus.COULD_NOT_RUN, message, cause);
  }

  ExitStatus status() {
    return status;
  }
}
