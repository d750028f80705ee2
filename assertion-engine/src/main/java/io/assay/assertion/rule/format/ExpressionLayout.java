package io.assay.assertion.rule.format;

import static io.assay.assertion.rule.format.Doc.BLANK;
import static io.assay.assertion.rule.format.Doc.LINE;
import static io.assay.assertion.rule.format.Doc.NOTHING;
import static io.assay.assertion.rule.format.Doc.SOFT;
import static io.assay.assertion.rule.format.Doc.concat;
import static io.assay.assertion.rule.format.Doc.group;
import static io.assay.assertion.rule.format.Doc.indent;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Lays out expressions and all that is written like them. An expression too long for its line is
 * broken before the operators that bind the least, else inside its brackets.
 */
final class ExpressionLayout {
  /** Lists of so many plain values fill their lines; shorter ones and others have one a line. */
  private static final int MANY = 5;

  /** Their parts touch: calls, paths, indices, signs. */
  private static final Set<Integer> TIGHT =
      Set.of(
          AssayParser.RULE_unary,
          AssayParser.RULE_member,
          AssayParser.RULE_step,
          AssayParser.RULE_primary,
          AssayParser.RULE_path,
          AssayParser.RULE_pathStep,
          AssayParser.RULE_memberPath,
          AssayParser.RULE_mapping,
          AssayParser.RULE_amount,
          AssayParser.RULE_routeTarget,
          AssayParser.RULE_bareType,
          AssayParser.RULE_unknownType,
          AssayParser.RULE_type);

  private ExpressionLayout() {}

  static Doc of(ParseTree tree) {
    ParseTree node = tree;
    while (node.getChildCount() == 1) {
      node = node.getChild(0);
    }
    return switch (node) {
      case TerminalNode leaf -> word(leaf);
      case AssayParser.ExprContext c -> choice(c);
      case AssayParser.OrExprContext c -> chain(c);
      case AssayParser.AndExprContext c -> chain(c);
      case AssayParser.RelationContext c -> chain(c);
      case AssayParser.RangeContext c -> chain(c);
      case AssayParser.SumContext c -> chain(c);
      case AssayParser.ProductContext c -> chain(c);
      case AssayParser.StructFieldContext c -> pair(c);
      case AssayParser.MapEntryContext c -> pair(c);
      case AssayParser.GivenValueContext c when c.OF() != null -> records(c);
      case AssayParser.ArgumentsContext ignored -> NOTHING;
      case AssayParser.StructFieldsContext ignored -> NOTHING;
      case ParserRuleContext c when TIGHT.contains(c.getRuleIndex()) -> tight(c);
      default -> spaced(node);
    };
  }

  static Doc word(TerminalNode leaf) {
    return word(leaf.getSymbol());
  }

  static Doc word(Token token) {
    return new Doc.Word(token, false);
  }

  /** Children side by side, a space between. */
  static Doc spaced(ParseTree tree) {
    var parts = new ArrayList<Doc>();
    for (Doc part : parts(tree)) {
      if (!parts.isEmpty()) {
        parts.add(BLANK);
      }
      parts.add(part);
    }
    return new Doc.Concat(parts);
  }

  /** Children side by side; what is in brackets may be broken. */
  static Doc tight(ParseTree tree) {
    return new Doc.Concat(parts(tree));
  }

  /** A ternary, and those in its last branch: each branch of a broken one has its own line. */
  private static Doc choice(AssayParser.ExprContext choice) {
    var parts = new ArrayList<Doc>();
    AssayParser.ExprContext at = choice;
    parts.add(of(at.orExpr(0)));
    while (at.QUESTION() != null) {
      parts.addAll(List.of(LINE, word(at.QUESTION()), BLANK, of(at.orExpr(1))));
      parts.addAll(List.of(LINE, word(at.COLON()), BLANK, of(at.expr().orExpr(0))));
      at = at.expr();
    }
    return group(indent(new Doc.Concat(parts)));
  }

  /** Operands of one rank; a broken one has each operator at the beginning of a line. */
  private static Doc chain(ParseTree tree) {
    var parts = new ArrayList<Doc>();
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (i > 0) {
        parts.add(i % 2 == 1 ? LINE : BLANK);
      }
      parts.add(of(tree.getChild(i)));
    }
    return group(indent(new Doc.Concat(parts)));
  }

  private static Doc pair(ParseTree tree) {
    return concat(
        of(tree.getChild(0)), of(tree.getChild(1)), BLANK, new Doc.Align(of(tree.getChild(2))));
  }

  /** The elements of a list below each other, where they do not fit beside each other. */
  private static Doc records(AssayParser.GivenValueContext given) {
    var parts = new ArrayList<Doc>();
    for (int i = 0; i < given.givenRecord().size(); i++) {
      Doc one = spaced(given.givenRecord(i));
      boolean last = i == given.COMMA().size();
      parts.add(last ? one : concat(one, word(given.COMMA(i))));
    }
    return concat(
        of(given.givenName()),
        BLANK,
        word(given.OF()),
        BLANK,
        new Doc.Align(new Doc.Fill(parts, 0)));
  }

  /** The children, what stands between brackets as one. */
  static List<Doc> parts(ParseTree tree) {
    var parts = new ArrayList<Doc>();
    for (int i = 0; i < tree.getChildCount(); i++) {
      int close = closing(tree, i);
      if (close < 0) {
        parts.add(of(tree.getChild(i)));
      } else {
        var elements = new ArrayList<ParseTree>();
        for (ParseTree inner : children(tree, i + 1, close)) {
          if (inner instanceof AssayParser.ArgumentsContext
              || inner instanceof AssayParser.StructFieldsContext) {
            elements.addAll(children(inner, 0, inner.getChildCount()));
          } else {
            elements.add(inner);
          }
        }
        parts.add(
            bracketed(
                (TerminalNode) tree.getChild(i), elements, (TerminalNode) tree.getChild(close)));
        i = close;
      }
    }
    return parts;
  }

  private static List<ParseTree> children(ParseTree tree, int from, int to) {
    var children = new ArrayList<ParseTree>();
    for (int i = from; i < to; i++) {
      children.add(tree.getChild(i));
    }
    return children;
  }

  /** Where the bracket that child {@code at} opens is closed; -1 if it opens none. */
  private static int closing(ParseTree tree, int at) {
    int close =
        switch (type(tree.getChild(at))) {
          case AssayLexer.LPAREN -> AssayLexer.RPAREN;
          case AssayLexer.LBRACKET -> AssayLexer.RBRACKET;
          case AssayLexer.LBRACE -> AssayLexer.RBRACE;
          default -> Token.INVALID_TYPE;
        };
    if (close == Token.INVALID_TYPE) {
      return -1;
    }
    int end = at + 1;
    while (type(tree.getChild(end)) != close) {
      end++;
    }
    return end;
  }

  static int type(ParseTree tree) {
    return tree instanceof TerminalNode leaf ? leaf.getSymbol().getType() : Token.INVALID_TYPE;
  }

  private static Doc bracketed(TerminalNode open, List<ParseTree> inner, TerminalNode close) {
    if (inner.isEmpty()) {
      return concat(word(open), word(close));
    }
    var elements = new ArrayList<Doc>();
    boolean plain = inner.size() >= 2 * MANY - 1;
    for (int i = 0; i < inner.size(); i += 2) {
      boolean comma = i + 1 < inner.size();
      Doc element = of(inner.get(i));
      plain &= element instanceof Doc.Word;
      elements.add(comma ? concat(element, of(inner.get(i + 1))) : element);
    }
    Doc pad = type(open) == AssayLexer.LBRACE ? LINE : SOFT;
    Doc all = plain ? new Doc.Fill(elements, 0) : lines(elements);
    return group(word(open), indent(pad, all), pad, word(close));
  }

  private static Doc lines(List<Doc> elements) {
    var parts = new ArrayList<Doc>();
    for (Doc element : elements) {
      if (!parts.isEmpty()) {
        parts.add(LINE);
      }
      parts.add(element);
    }
    return new Doc.Concat(parts);
  }
}
