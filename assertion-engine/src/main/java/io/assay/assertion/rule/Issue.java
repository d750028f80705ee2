package io.assay.assertion.rule;

import java.util.Optional;

/**
 * Something to be said about a rule text.
 *
 * @param message what was needed, and what came
 * @param suggestion what was probably meant, as a full clause: {@code did you mean 'label'?}
 */
public record Issue(IssueCode code, Span span, String message, Optional<String> suggestion) {
  public Issue(IssueCode code, Span span, String message) {
    this(code, span, message, Optional.empty());
  }

  /** The same, where one text is read several times: for which it is said. */
  Issue about(String turn) {
    return new Issue(code, span, turn + ": " + message, suggestion);
  }

  /** Whether the file is refused for it. */
  public boolean isError() {
    return code.severity() == IssueCode.Severity.ERROR;
  }
}
