package io.assay.cli;

import java.io.PrintWriter;
import java.util.List;

/** A table for people: texts to the left, figures to the right. */
final class TextTable {
  private TextTable() {}

  /**
   * Writes it.
   *
   * @param rows of equal length; the first are the headings
   * @param texts so many columns are texts, the others are figures
   */
  static void write(List<List<String>> rows, int texts, PrintWriter out) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append("  ").append(i < texts ? row.get(i) + padding : padding + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
