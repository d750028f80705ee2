package io.assay.assertion.rule.format;

import static io.assay.assertion.rule.format.Doc.BLANK;
import static io.assay.assertion.rule.format.Doc.concat;
import static io.assay.assertion.rule.format.ExpressionLayout.word;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import io.assay.assertion.rule.AssayParser.DeclarationContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Lays out the declarations of a file. */
final class FileLayout {
  private final Blocks blocks;
  private final int names;

  private FileLayout(Blocks blocks, int names) {
    this.blocks = blocks;
    this.names = names;
  }

  static Doc of(AssayParser.FileContext file, Token end, Trivia trivia) {
    var blocks = new Blocks(trivia);
    var layout = new FileLayout(blocks, Columns.names(file));
    var rows = new ArrayList<Row>();
    if (file.languageLine() != null) {
      rows.add(Row.alone(file.getStart(), ExpressionLayout.spaced(file.languageLine())));
    }
    file.declaration().forEach(declaration -> rows.add(layout.declaration(declaration)));
    return blocks.items(rows, end);
  }

  private Row declaration(DeclarationContext declaration) {
    Token first = declaration.getStart();
    return switch (declaration.getChild(0)) {
      case AssayParser.ModelDeclContext c ->
          new Row("model", first, 0, 2, Doc.NOTHING, modelCells(c));
      case AssayParser.ParamDeclContext c ->
          new Row(
              "param",
              first,
              0,
              1,
              Doc.NOTHING,
              List.of(
                  concat(word(c.PARAM()), BLANK, ExpressionLayout.of(c.name())),
                  concat(word(c.ASSIGN()), BLANK, new Doc.Align(ExpressionLayout.of(c.expr())))));
      case AssayParser.StreamDeclContext c -> {
        var items = new StreamLayout(blocks, names, Columns.types(names, c.streamItem()));
        yield block(c, c.LBRACE(), items.rows(c.streamItem()), c.RBRACE());
      }
      case AssayParser.EmbeddingsDeclContext c -> {
        int column = Columns.embeddingNames();
        var items = new StreamLayout(blocks, column, Columns.types(column, c.embeddingsItem()));
        yield block(c, c.LBRACE(), items.rows(c.embeddingsItem()), c.RBRACE());
      }
      case AssayParser.AssertionDeclContext c ->
          block(c, c.LBRACE(), ClauseLayout.clauses(c.clause()), c.RBRACE());
      case AssayParser.RouteDeclContext c ->
          Row.alone(
              first,
              concat(
                  header(c),
                  BLANK,
                  blocks.of(c.LBRACE(), ClauseLayout.clauses(c.routeItem()), c.RBRACE())));
      case AssayParser.TestDeclContext c ->
          block(c, c.LBRACE(), ClauseLayout.testItems(c.testItem()), c.RBRACE());
      case ParseTree other ->
          throw new IllegalStateException("no layout for " + other.getClass().getSimpleName());
    };
  }

  private Row block(ParserRuleContext c, TerminalNode open, List<Row> rows, TerminalNode close) {
    return Row.alone(c.getStart(), concat(header(c), BLANK, blocks.broken(open, rows, close)));
  }

  /** All up to the brace; a title that is too long for the line goes to the next. */
  private static Doc header(ParserRuleContext c) {
    var parts = new ArrayList<Doc>();
    var part = new ArrayList<Doc>();
    for (int i = 0; ExpressionLayout.type(c.getChild(i)) != AssayLexer.LBRACE; i++) {
      ParseTree child = c.getChild(i);
      if (ExpressionLayout.type(child) == AssayLexer.STRING) {
        parts.add(new Doc.Concat(part));
        part.clear();
      } else if (!part.isEmpty()) {
        part.add(BLANK);
      }
      part.add(ExpressionLayout.of(child));
    }
    parts.add(new Doc.Concat(part));
    return new Doc.Indent(2 * ClauseLayout.INDENT, new Doc.Fill(parts, 0));
  }

  private static List<Doc> modelCells(AssayParser.ModelDeclContext model) {
    var cells = new ArrayList<Doc>();
    cells.add(word(model.MODEL()));
    for (int i = 1; i < model.getChildCount(); i++) {
      ParseTree child = model.getChild(i);
      if (ExpressionLayout.type(child) == AssayLexer.READS) {
        cells.add(reads(model, i));
        break;
      }
      boolean owner = ExpressionLayout.type(child) == AssayLexer.OWNER;
      cells.add(
          owner
              ? concat(word(model.OWNER()), BLANK, ExpressionLayout.of(model.getChild(++i)))
              : ExpressionLayout.of(child));
    }
    return cells;
  }

  private static Doc reads(AssayParser.ModelDeclContext model, int from) {
    var parts = new ArrayList<Doc>();
    parts.add(word(model.READS()));
    for (int i = from + 1; i < model.getChildCount(); i++) {
      ParseTree child = model.getChild(i);
      if (ExpressionLayout.type(child) != AssayLexer.COMMA) {
        parts.add(BLANK);
      }
      parts.add(ExpressionLayout.of(child));
    }
    return concat(parts.toArray(Doc[]::new));
  }
}
