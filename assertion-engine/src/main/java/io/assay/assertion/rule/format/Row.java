package io.assay.assertion.rule.format;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.antlr.v4.runtime.Token;

/**
 * An item of a block. Rows of one kind that follow each other directly have their cells below each
 * other.
 *
 * @param kind what it may be aligned with; rows of no kind are alone
 * @param first its first token
 * @param from the column of the first cell
 * @param lead what stands before it
 * @param gap spaces between a cell and the next, at least
 */
record Row(String kind, Token first, int from, int gap, Doc lead, List<Doc> cells) {
  static final String ALONE = "";

  /** Wider cells would push their neighbours too far to the right. */
  private static final int WIDEST = 50;

  Row {
    cells = List.copyOf(cells);
  }

  static Row alone(Token first, Doc doc) {
    return new Row(ALONE, first, 0, 1, Doc.NOTHING, List.of(doc));
  }

  /** The rows of a block, one after another. */
  static List<Doc> laidOut(List<Row> rows, Trivia trivia) {
    var docs = new ArrayList<Doc>();
    for (int from = 0; from < rows.size(); ) {
      int to = from + 1;
      while (to < rows.size() && rows.get(to).follows(rows.get(from), trivia)) {
        to++;
      }
      List<Row> run = rows.subList(from, to);
      List<Integer> columns = columns(run, trivia);
      run.forEach(row -> docs.add(row.doc(columns)));
      from = to;
    }
    return docs;
  }

  private boolean follows(Row before, Trivia trivia) {
    return !kind.equals(ALONE)
        && kind.equals(before.kind)
        && from == before.from
        && !trivia.standsApart(first);
  }

  /** Where each cell but the first begins. */
  private static List<Integer> columns(List<Row> run, Trivia trivia) {
    var columns = new ArrayList<Integer>();
    int at = run.getFirst().from;
    int most = run.stream().mapToInt(row -> row.cells.size()).max().orElse(0);
    for (int cell = 0; cell + 1 < most; cell++) {
      int widest = 0;
      for (Row row : run) {
        if (cell + 1 < row.cells.size()) {
          OptionalInt width = Width.of(row.cells.get(cell), trivia);
          widest =
              Math.max(
                  widest, width.isPresent() && width.getAsInt() <= WIDEST ? width.getAsInt() : 0);
        }
      }
      at += widest + run.getFirst().gap;
      columns.add(at);
    }
    return columns;
  }

  private Doc doc(List<Integer> columns) {
    var parts = new ArrayList<Doc>();
    parts.add(lead);
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        parts.add(new Doc.Tab(columns.get(i - 1)));
      }
      parts.add(cells.get(i));
    }
    return new Doc.Concat(parts);
  }
}
