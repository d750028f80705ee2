package io.assay.cli;

import io.assay.imports.LineIssues;
import java.io.PrintWriter;

/** Tells which lines kept a file from being imported. */
final class BadLines {
  private BadLines() {}

  /**
   * @param outcome what did not happen because of them
   */
  static ExitStatus refuse(LineIssues issues, String outcome, PrintWriter err) {
    issues.first().forEach(err::println);
    if (issues.count() > issues.first().size()) {
      err.println("… and " + (issues.count() - issues.first().size()) + " more");
    }
    err.println("assay: " + outcome + ", bad lines: " + issues.count());
    return ExitStatus.COULD_NOT_RUN;
  }
}
