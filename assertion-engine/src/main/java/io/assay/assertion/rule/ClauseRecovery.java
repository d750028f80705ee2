package io.assay.assertion.rule;

import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes on at the next clause, or the next declaration, after an error: one mistake, one message.
 *
 * <p>A rule that fails inside a clause gives the failure up to the clause as a whole; the rest of
 * it is skipped up to a line that begins with a word at which the enclosing block can go on.
 * Nothing is inserted or guessed.
 */
final class ClauseRecovery extends DefaultErrorStrategy {
  private static final BitSet BLOCKS =
      rules(
          AssayParser.RULE_file,
          AssayParser.RULE_streamDecl,
          AssayParser.RULE_embeddingsDecl,
          AssayParser.RULE_assertionDecl,
          AssayParser.RULE_routeDecl,
          AssayParser.RULE_testDecl,
          AssayParser.RULE_featuresItem,
          AssayParser.RULE_bareType);
  private static final BitSet PARTS =
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

  private final SyntaxErrors errors;
  private final Set<ParserRuleContext> damaged = Collections.newSetFromMap(new IdentityHashMap<>());

  ClauseRecovery(SyntaxErrors errors) {
    this.errors = errors;
  }

  private static BitSet rules(int... rules) {
    var set = new BitSet();
    for (int rule : rules) {
      set.set(rule);
    }
    return set;
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  /** Within a block's loop: what can begin no part of it is reported once and skipped. */
  @Override
  public void sync(Parser parser) {
    ATNState state = parser.getInterpreter().atn.states.get(parser.getState());
    boolean loop =
        state.getStateType() == ATNState.STAR_LOOP_ENTRY
            || state.getStateType() == ATNState.STAR_LOOP_BACK;
    if (!loop || !BLOCKS.get(parser.getContext().getRuleIndex())) {
      return;
    }
    IntervalSet next = parser.getATN().nextTokens(state);
    Token came = parser.getCurrentToken();
    if (next.contains(came.getType())
        || came.getType() == Token.EOF
        || startsDeclaration(parser, came)) {
      return;
    }
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      errors.unexpected(came, next);
    }
    damage(parser.getContext());
    boolean top = parser.getContext().getRuleIndex() == AssayParser.RULE_file;
    parser.consume();
    skip(parser, next, 0, top);
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    if (inErrorRecoveryMode(parser)) {
      return;
    }
    beginErrorCondition(parser);
    Token opening = openBlock(parser, e);
    if (opening != null) {
      errors.unclosedBlock(opening, e.getOffendingToken());
    } else {
      errors.unexpected(
          e.getOffendingToken(),
          e instanceof InputMismatchException mismatch
              ? SyntaxErrors.expectedBy(mismatch)
              : expectedAt(parser, e));
    }
  }

  /** A decision that failed at its first token wanted what could stand there. */
  private static IntervalSet expectedAt(Parser parser, RecognitionException e) {
    boolean first =
        e instanceof NoViableAltException none
            && none.getStartToken().getTokenIndex() == e.getOffendingToken().getTokenIndex();
    return first ? parser.getExpectedTokens() : new IntervalSet();
  }

  /**
   * The brace of the block that should have been closed where the error is, if that is the error.
   */
  private static @Nullable Token openBlock(Parser parser, RecognitionException e) {
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

  @Override
  public void recover(Parser parser, RecognitionException e) {
    ParserRuleContext context = parser.getContext();
    if (!PARTS.get(context.getRuleIndex())) {
      throw e;
    }
    damage(context);
    if (context.getRuleIndex() == AssayParser.RULE_onlyExpr || context.invokingState < 0) {
      return;
    }
    var call = (RuleTransition) parser.getATN().states.get(context.invokingState).transition(0);
    IntervalSet next = parser.getATN().nextTokens(call.followState, context.getParent());
    boolean top = context.getRuleIndex() == AssayParser.RULE_declaration;
    // Nothing was read: the same token would fail again.
    if (context.getStart().getTokenIndex() == parser.getCurrentToken().getTokenIndex()
        && parser.getCurrentToken().getType() != Token.EOF) {
      parser.consume();
      skip(parser, next, 0, top);
    } else {
      skip(parser, next, openBraces(parser, context), top);
    }
  }

  private void damage(ParserRuleContext context) {
    for (ParserRuleContext c = context; c != null; c = c.getParent()) {
      damaged.add(c);
    }
  }

  /** Whether a part within could not be read. */
  boolean isDamaged(ParserRuleContext context) {
    return damaged.contains(context);
  }

  /** Braces opened within the part so far, hence to be closed before its end. */
  private static int openBraces(Parser parser, ParserRuleContext context) {
    int open = 0;
    for (int i = context.getStart().getTokenIndex();
        i < parser.getCurrentToken().getTokenIndex();
        i++) {
      int type = parser.getTokenStream().get(i).getType();
      open += type == AssayLexer.LBRACE ? 1 : type == AssayLexer.RBRACE ? -1 : 0;
    }
    return Math.max(0, open);
  }

  private static void skip(Parser parser, IntervalSet next, int open, boolean top) {
    int depth = open;
    while (true) {
      Token token = parser.getCurrentToken();
      int type = token.getType();
      boolean goesOn = depth == 0 && startsLine(parser, token) && next.contains(type);
      if (type == Token.EOF
          || goesOn
          || startsDeclaration(parser, token)
          || (depth == 0 && type == AssayLexer.RBRACE && !top)) {
        return;
      }
      depth += type == AssayLexer.LBRACE ? 1 : type == AssayLexer.RBRACE ? -1 : 0;
      depth = Math.max(0, depth);
      parser.consume();
    }
  }

  private static boolean startsLine(Parser parser, Token token) {
    int index = token.getTokenIndex() - 1;
    while (index >= 0 && parser.getTokenStream().get(index).getChannel() != Token.DEFAULT_CHANNEL) {
      index--;
    }
    return index < 0 || parser.getTokenStream().get(index).getLine() < token.getLine();
  }

  /**
   * A declaration's word in the first column: whatever is open before it was forgotten to be
   * closed.
   */
  private static boolean startsDeclaration(Parser parser, Token token) {
    return token.getCharPositionInLine() == 0
        && DECLARATIONS.contains(token.getType())
        && startsLine(parser, token);
  }
}
