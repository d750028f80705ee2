package io.assay.assertion.rule;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * Where a text stops to follow the grammar.
 *
 * @param before the word before it; the same at the very beginning
 * @param came what does not fit
 * @param next the word behind it
 * @param rules what was being read
 */
record SyntaxPlace(Token before, Token came, Token next, ParserRuleContext rules) {
  static SyntaxPlace of(Parser parser, Token came) {
    return new SyntaxPlace(
        before(parser.getTokenStream(), came),
        came,
        next(parser.getTokenStream(), came),
        parser.getContext());
  }

  /** Behind a part that was well as it stood. */
  static SyntaxPlace behind(Parser parser, Token came, ParserRuleContext part) {
    boolean wrapped = part.getChildCount() > 0 && part.getChild(0) instanceof ParserRuleContext;
    ParserRuleContext rules = wrapped ? (ParserRuleContext) part.getChild(0) : part;
    SyntaxPlace place = of(parser, came);
    return new SyntaxPlace(place.before, came, place.next, rules);
  }

  /** Whether it is within a part of this kind. */
  boolean isIn(int rule) {
    for (RuleContext c = rules; c != null; c = c.getParent()) {
      if (c.getRuleIndex() == rule) {
        return true;
      }
    }
    return false;
  }

  /** The nearest token before, comments left out. */
  static Token before(TokenStream tokens, Token token) {
    int index = token.getTokenIndex() - 1;
    while (index >= 0 && tokens.get(index).getChannel() != Token.DEFAULT_CHANNEL) {
      index--;
    }
    return index < 0 ? token : tokens.get(index);
  }

  private static Token next(TokenStream tokens, Token token) {
    int index = token.getTokenIndex() + 1;
    while (index < tokens.size() && tokens.get(index).getChannel() != Token.DEFAULT_CHANNEL) {
      index++;
    }
    return index < tokens.size() ? tokens.get(index) : tokens.get(tokens.size() - 1);
  }

  static boolean startsLine(TokenStream tokens, Token token) {
    Token before = before(tokens, token);
    return before.getTokenIndex() == token.getTokenIndex() || before.getLine() < token.getLine();
  }

  /** The line ended too early: what is missing is missing there, not where the next one begins. */
  boolean isUnfinished() {
    return before.getTokenIndex() != came.getTokenIndex()
        && before.getLine() < came.getLine()
        && before.getType() != AssayLexer.RBRACE
        && rules.getRuleIndex() != AssayParser.RULE_file;
  }
}
