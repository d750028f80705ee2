package io.assay.assertion.rule.format;

import static io.assay.assertion.rule.format.Doc.BLANK;
import static io.assay.assertion.rule.format.ExpressionLayout.word;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Lays out the items of assertions, routes and tests: a word, and what it says in a column. */
final class ClauseLayout {
  /** Where the items of a block stand. */
  static final int INDENT = 2;

  /** Room for 'consistent', the longest word that is used every day. */
  private static final int CLAUSE_WORDS = 11;

  private static final int TEST_WORDS = 7;

  /** An event of a test is read like a line of a table. */
  private static final int WIDEST_EVENT = 130;

  private ClauseLayout() {}

  static List<Row> clauses(List<? extends ParserRuleContext> items) {
    return rows(items, CLAUSE_WORDS);
  }

  static List<Row> testItems(List<? extends ParserRuleContext> items) {
    return rows(items, TEST_WORDS);
  }

  private static List<Row> rows(List<? extends ParserRuleContext> items, int words) {
    List<List<ParseTree>> flat = items.stream().map(ClauseLayout::flat).toList();
    int column = INDENT + words;
    for (List<ParseTree> item : flat) {
      column = Math.max(column, INDENT + headWidth(item) + 1);
    }
    var rows = new ArrayList<Row>();
    for (List<ParseTree> item : flat) {
      rows.add(row(item, column));
    }
    return rows;
  }

  /** The item's words; those of its correction or of the clause within it are its own. */
  private static List<ParseTree> flat(ParseTree item) {
    var words = new ArrayList<ParseTree>();
    for (int i = 0; i < item.getChildCount(); i++) {
      ParseTree child = item.getChild(i);
      boolean whole = item.getChildCount() == 1 && !(child instanceof TerminalNode);
      if (whole
          || child instanceof AssayParser.CorrectionContext
          || child instanceof AssayParser.ExpectClauseContext) {
        words.addAll(flat(child));
      } else {
        words.add(child);
      }
    }
    return words;
  }

  /** 'at least' and 'group by' are one word each. */
  private static int headSize(List<ParseTree> item) {
    int first = ExpressionLayout.type(item.getFirst());
    return first == AssayLexer.AT || first == AssayLexer.GROUP ? 2 : 1;
  }

  private static int headWidth(List<ParseTree> item) {
    int size = headSize(item);
    return item.subList(0, size).stream().mapToInt(w -> w.getText().length()).sum() + size - 1;
  }

  private static Row row(List<ParseTree> item, int column) {
    int size = headSize(item);
    var first = (TerminalNode) item.getFirst();
    Doc head =
        size == 1 ? word(first) : Doc.concat(word(first), BLANK, ExpressionLayout.of(item.get(1)));
    Doc begin = Doc.concat(head, new Doc.Tab(column));
    List<ParseTree> said = item.subList(size, item.size());
    int split = split(first, said);
    if (split > 0) {
      Doc apart = Phrase.of(said.subList(0, split));
      Doc rest = Phrase.of(said.subList(split, said.size()));
      return new Row(first.getText(), first.getSymbol(), column, 1, begin, List.of(apart, rest));
    }
    Doc phrase = said.isEmpty() ? Doc.NOTHING : Phrase.of(said);
    boolean event = first.getSymbol().getType() == AssayLexer.GIVEN;
    Doc doc = Doc.concat(begin, event ? new Doc.Wide(WIDEST_EVENT, phrase) : phrase);
    return Row.alone(first.getSymbol(), doc);
  }

  /**
   * How many words stand before those that neighbours have below each other: the name of an
   * expectation, the condition of a correction, the name of a 'let'. 0 if there are none.
   */
  private static int split(TerminalNode first, List<ParseTree> said) {
    return switch (first.getSymbol().getType()) {
      case AssayLexer.LET, AssayLexer.PARAM -> 1;
      case AssayLexer.EXPECT ->
          said.size() > 2
                  && ExpressionLayout.type(said.get(0)) != AssayLexer.ACROSS
                  && ExpressionLayout.type(said.get(1)) == AssayLexer.COLON
              ? 2
              : 0;
      case AssayLexer.CORRECT -> ExpressionLayout.type(said.get(0)) == AssayLexer.WHEN ? 2 : 0;
      default -> 0;
    };
  }
}
