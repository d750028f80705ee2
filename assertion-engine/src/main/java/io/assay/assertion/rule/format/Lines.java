package io.assay.assertion.rule.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finished lines. Comments behind a text stand in one column, that of their neighbours. */
final class Lines {
  /** Most lines are shorter, so that most comments of a file stand below each other. */
  private static final int COMMENTS_AT = 46;

  private record Row(String text, int width, @Nullable String comment) {
    boolean commented() {
      return comment != null && !text.isEmpty();
    }
  }

  private final List<Row> rows = new ArrayList<>();

  void add(String text, @Nullable String comment) {
    int begin = text.lastIndexOf('\n') + 1;
    rows.add(new Row(text, text.codePointCount(begin, text.length()), comment));
  }

  String joined(String end) {
    var out = new StringBuilder();
    for (int from = 0; from < rows.size(); ) {
      int to = from + 1;
      while (to < rows.size() && rows.get(from).commented() && rows.get(to).commented()) {
        to++;
      }
      List<Row> run = rows.subList(from, to);
      int column = Math.max(COMMENTS_AT, 2 + run.stream().mapToInt(Row::width).max().orElse(0));
      run.forEach(row -> out.append(line(row, column)).append(end));
      from = to;
    }
    return out.toString();
  }

  private static String line(Row row, int column) {
    if (row.comment() == null) {
      return row.text();
    }
    return row.text().isEmpty()
        ? row.comment()
        : row.text() + " ".repeat(column - row.width()) + row.comment();
  }
}
