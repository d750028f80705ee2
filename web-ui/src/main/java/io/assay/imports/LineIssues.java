package io.assay.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file's lines: all are counted, the first are kept to be shown. */
public final class LineIssues {
  private static final int KEPT = 20;

  private final List<LineIssue> first = new ArrayList<>();
  private long count;

  void add(Path file, long line, String message) {
    count++;
    if (first.size() < KEPT) {
      first.add(new LineIssue(file, line, message));
    }
  }

  public long count() {
    return count;
  }

  public List<LineIssue> first() {
    return List.copyOf(first);
  }
}
