package io.assay.assertion.rule.format;

import static io.assay.assertion.rule.format.Doc.BLANK;
import static io.assay.assertion.rule.format.Doc.concat;
import static io.assay.assertion.rule.format.ExpressionLayout.word;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import io.assay.assertion.rule.AssayParser.BareTypeContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Lays out what a stream declares: words, names and types in three columns, those of nested records
 * too.
 */
final class StreamLayout {
  private final Blocks blocks;
  private final int names;
  private final int types;

  /**
   * @param names the column of the names
   * @param types the column of the types
   */
  StreamLayout(Blocks blocks, int names, int types) {
    this.blocks = blocks;
    this.names = names;
    this.types = types;
  }

  List<Row> rows(List<? extends ParserRuleContext> items) {
    var rows = new ArrayList<Row>();
    for (ParserRuleContext item : items) {
      ParseTree inner =
          item.getChild(0) instanceof ParserRuleContext c && item.getChildCount() == 1 ? c : item;
      rows.add(row(inner, item));
    }
    return rows;
  }

  private Row row(ParseTree item, ParserRuleContext context) {
    return switch (item) {
      case AssayParser.SliceItemContext c ->
          new Row(
              "slice",
              context.getStart(),
              ClauseLayout.INDENT,
              1,
              Doc.NOTHING,
              List.of(
                  concat(word(c.SLICE()), BLANK, ExpressionLayout.of(c.name())),
                  concat(word(c.ASSIGN()), BLANK, new Doc.Align(ExpressionLayout.of(c.expr())))));
      case AssayParser.FeaturesItemContext c ->
          Row.alone(
              context.getStart(),
              concat(
                  word(c.FEATURES()),
                  BLANK,
                  blocks.of(c.LBRACE(), rows(c.fieldItem()), c.RBRACE())));
      default -> Row.alone(context.getStart(), columns(item));
    };
  }

  private Doc columns(ParseTree item) {
    var parts = new ArrayList<Doc>();
    int said = Columns.named(item);
    int typed = Columns.typed(item);
    for (int i = 0; i < item.getChildCount(); i++) {
      if (i > 0) {
        parts.add(i == typed ? new Doc.Tab(types) : i == said ? new Doc.Tab(names) : BLANK);
      }
      parts.add(part(item.getChild(i)));
    }
    return new Doc.Concat(parts);
  }

  private Doc part(ParseTree tree) {
    return switch (tree) {
      case AssayParser.TypeContext c ->
          c.QUESTION() == null
              ? type(c.bareType())
              : concat(type(c.bareType()), word(c.QUESTION()));
      case AssayParser.FieldModifierContext c -> ExpressionLayout.spaced(c);
      default -> ExpressionLayout.of(tree);
    };
  }

  private Doc type(BareTypeContext type) {
    return switch (type) {
      case AssayParser.RecordListTypeContext c ->
          concat(word(c.LIST()), BLANK, blocks.of(c.LBRACE(), rows(c.fieldItem()), c.RBRACE()));
      case AssayParser.RecordTypeContext c ->
          blocks.of(c.LBRACE(), rows(c.fieldItem()), c.RBRACE());
      default -> {
        var parts = new ArrayList<Doc>();
        for (int i = 0; i < type.getChildCount(); i++) {
          ParseTree child = type.getChild(i);
          if (child instanceof AssayParser.TypeContext inner) {
            parts.add(part(inner));
          } else if (child instanceof TerminalNode leaf
              && leaf.getSymbol().getType() == AssayLexer.LPAREN) {
            yield ExpressionLayout.tight(type);
          } else {
            parts.add(ExpressionLayout.of(child));
          }
          if (ExpressionLayout.type(child) == AssayLexer.COMMA) {
            parts.add(BLANK);
          }
        }
        yield new Doc.Concat(parts);
      }
    };
  }
}
