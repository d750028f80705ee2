package io.assay.web.system;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows for spreadsheets: RFC 4180, and no text is taken for a formula. A spreadsheet computes what
 * begins with {@code = + - @}, a tab or a line end: texts that do get an apostrophe before them.
 */
public final class CsvText {
  private static final String FORMULA = "=+-@\t\r\n";
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]+(?:[.][0-9]+)?(?:E[-+]?[0-9]+)?|-Infinity");

  private CsvText() {}

  /** A text of whoever's choosing, made one that nothing computes. */
  public static String text(String value) {
    return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }

  /**
   * One row with its end. Cells that are no numbers and would be computed are made texts here, too:
   * nothing that is written depends on who made the cell having thought of {@link #text}.
   */
  public static String row(List<String> cells) {
    return cells.stream()
            .map(CsvText::guarded)
            .map(CsvText::quoted)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String guarded(String cell) {
    return NUMBER.matcher(cell).matches() ? cell : text(cell);
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
