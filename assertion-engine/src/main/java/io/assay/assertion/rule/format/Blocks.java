package io.assay.assertion.rule.format;

import static io.assay.assertion.rule.format.Doc.FIRST_ITEM;
import static io.assay.assertion.rule.format.Doc.LINE;
import static io.assay.assertion.rule.format.Doc.NEXT_ITEM;
import static io.assay.assertion.rule.format.Doc.concat;
import static io.assay.assertion.rule.format.Doc.indent;
import static io.assay.assertion.rule.format.ExpressionLayout.word;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Items in braces, each on a line; all on one where they were written so and fit. */
record Blocks(Trivia trivia) {
  Doc of(TerminalNode open, List<Row> rows, TerminalNode close) {
    boolean oneLine = open.getSymbol().getLine() == close.getSymbol().getLine();
    return block(open, rows, close, !oneLine);
  }

  /** A block that never stands on one line unless it is empty. */
  Doc broken(TerminalNode open, List<Row> rows, TerminalNode close) {
    return block(open, rows, close, true);
  }

  private Doc block(TerminalNode open, List<Row> rows, TerminalNode close, boolean breaks) {
    Token end = close.getSymbol();
    if (rows.isEmpty() && trivia.before(end).isEmpty()) {
      return concat(word(open), word(close));
    }
    Doc inside = indent(FIRST_ITEM, items(rows, end));
    return new Doc.Group(concat(word(open), inside, LINE, new Doc.Word(end, true)), breaks);
  }

  /** The items, and the comments before what ends them. */
  Doc items(List<Row> rows, Token end) {
    var parts = new ArrayList<Doc>();
    for (Doc item : Row.laidOut(rows, trivia)) {
      if (!parts.isEmpty()) {
        parts.add(NEXT_ITEM);
      }
      parts.add(item);
    }
    if (!trivia.before(end).isEmpty()) {
      if (!parts.isEmpty()) {
        parts.add(NEXT_ITEM);
      }
      parts.add(new Doc.Closing(end));
    }
    return new Doc.Concat(parts);
  }
}
