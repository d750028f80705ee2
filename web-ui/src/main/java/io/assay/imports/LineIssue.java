package io.assay.imports;

import java.nio.file.Path;

/** What is wrong with one line of a file. */
public record LineIssue(Path file, long line, String message) {
  @Override
  public String toString() {
    return file + ":" + line + ": error: " + message;
  }
}
