package io.assay.assertion.rule;

import java.util.BitSet;
import java.util.Optional;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** What blocks are made of, as the parser sees it where it got stuck. */
final class BlockParts {
  static final BitSet BLOCKS =
      rules(
          AssayParser.RULE_file,
          AssayParser.RULE_streamDecl,
          AssayParser.RULE_embeddingsDecl,
          AssayParser.RULE_assertionDecl,
          AssayParser.RULE_routeDecl,
          AssayParser.RULE_testDecl,
          AssayParser.RULE_featuresItem,
          AssayParser.RULE_bareType);
  static final BitSet PARTS =
      rules(
          AssayParser.RULE_file,
          AssayParser.RULE_declaration,
          AssayParser.RULE_clause,
          AssayParser.RULE_streamItem,
          AssayParser.RULE_fieldItem,
          AssayParser.RULE_embeddingsItem,
          AssayParser.RULE_routeItem,
          AssayParser.RULE_testItem,
          AssayParser.RULE_onlyExpr);
  private static final IntervalSet DECLARATIONS =
      new IntervalSet(
          AssayLexer.MODEL,
          AssayLexer.STREAM,
          AssayLexer.EMBEDDINGS,
          AssayLexer.ASSERTION,
          AssayLexer.ROUTE,
          AssayLexer.PARAM,
          AssayLexer.TEST);

  private BlockParts() {}

  private static BitSet rules(int... rules) {
    var set = new BitSet();
    for (int rule : rules) {
      set.set(rule);
    }
    return set;
  }

  static Optional<BlockWords> block(int rule) {
    return switch (rule) {
      case AssayParser.RULE_file -> Optional.of(BlockWords.FILE);
      case AssayParser.RULE_streamDecl -> Optional.of(BlockWords.STREAM);
      case AssayParser.RULE_embeddingsDecl -> Optional.of(BlockWords.EMBEDDINGS);
      case AssayParser.RULE_assertionDecl -> Optional.of(BlockWords.ASSERTION);
      case AssayParser.RULE_routeDecl -> Optional.of(BlockWords.ROUTE);
      case AssayParser.RULE_testDecl -> Optional.of(BlockWords.TEST);
      default -> Optional.empty();
    };
  }

  static @Nullable ParserRuleContext lastPart(ParserRuleContext context) {
    int count = context.getChildCount();
    return count > 0
            && context.getChild(count - 1) instanceof ParserRuleContext part
            && PARTS.get(part.getRuleIndex())
            && part.getStart() != null
        ? part
        : null;
  }

  /**
   * The next clause's word where it was read as the end of this one: {@code where} without its
   * condition, and {@code expect} below it.
   */
  static @Nullable Token swallowed(Parser parser, RecognitionException e) {
    if (!(e instanceof NoViableAltException none)) {
      return null;
    }
    Token start = none.getStartToken();
    Token before = SyntaxPlace.before(parser.getTokenStream(), e.getOffendingToken());
    // The choice may have begun before that word: 'where' is a clause by itself, too.
    start = before.getTokenIndex() > start.getTokenIndex() ? before : start;
    boolean later = start.getTokenIndex() < e.getOffendingToken().getTokenIndex();
    boolean word =
        BlockWords.ASSERTION.types().contains(start.getType())
            && SyntaxPlace.startsLine(parser.getTokenStream(), start);
    ParserRuleContext part = parser.getContext();
    while (part.getParent() != null && !PARTS.get(part.getRuleIndex())) {
      part = part.getParent();
    }
    boolean within = part.getStart().getTokenIndex() < start.getTokenIndex();
    return later && word && within ? start : null;
  }

  /**
   * The brace of the block that should have been closed where the error is, if that is the error.
   */
  static @Nullable Token openBlock(Parser parser, RecognitionException e) {
    boolean block =
        BLOCKS.get(parser.getContext().getRuleIndex())
            && parser.getContext().getRuleIndex() != AssayParser.RULE_file;
    if (!block || !(e instanceof InputMismatchException)) {
      return null;
    }
    var brace = parser.getContext().getToken(AssayParser.LBRACE, 0);
    return brace != null && parser.getExpectedTokens().contains(AssayParser.RBRACE)
        ? brace.getSymbol()
        : null;
  }

  /**
   * A declaration's word in the first column: whatever is open before it was forgotten to be
   * closed.
   */
  static boolean startsDeclaration(Parser parser, Token token) {
    return token.getCharPositionInLine() == 0
        && DECLARATIONS.contains(token.getType())
        && SyntaxPlace.startsLine(parser.getTokenStream(), token);
  }
}
