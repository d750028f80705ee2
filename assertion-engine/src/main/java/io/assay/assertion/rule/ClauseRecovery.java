package io.assay.assertion.rule;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
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
  private final SyntaxErrors errors;
  private final Set<ParserRuleContext> damaged = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<ParserRuleContext> spoilt = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<ParserRuleContext, Set<String>> unread = new IdentityHashMap<>();

  ClauseRecovery(SyntaxErrors errors) {
    this.errors = errors;
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
    if (!loop || !BlockParts.BLOCKS.get(parser.getContext().getRuleIndex())) {
      return;
    }
    IntervalSet next = parser.getATN().nextTokens(state);
    Token came = parser.getCurrentToken();
    if (next.contains(came.getType())
        || came.getType() == Token.EOF
        || BlockParts.startsDeclaration(parser, came)) {
      return;
    }
    if (startsLine(parser, came) || !goesBackToClause(parser, next, came)) {
      stray(parser, next, came);
    }
  }

  /**
   * A clause that lacks its end takes the word of the next one for it, and that one's rest then
   * fits nowhere: the mistake is before that word, and the next clause is read again.
   */
  private boolean goesBackToClause(Parser parser, IntervalSet next, Token came) {
    TokenStream tokens = parser.getTokenStream();
    Token word = SyntaxPlace.before(tokens, came);
    ParserRuleContext last = BlockParts.lastPart(parser.getContext());
    boolean takes =
        startsLine(parser, word)
            && next.contains(word.getType())
            && word.getType() != AssayLexer.IDENT;
    if (last == null
        || !takes
        || last.getStart().getTokenIndex() >= word.getTokenIndex()
        || inErrorRecoveryMode(parser)) {
      return false;
    }
    errors.unfinished(SyntaxPlace.before(tokens, word), word, ClauseExamples.ofFirst(last));
    spoilt.add(last);
    damage(last);
    unread(parser, last.getStart(), word);
    tokens.seek(word.getTokenIndex());
    return true;
  }

  /** What stands behind a clause on its line was meant to belong to it: it is not read as it is. */
  private void stray(Parser parser, IntervalSet next, Token came) {
    ParserRuleContext context = parser.getContext();
    @Nullable ParserRuleContext last =
        startsLine(parser, came) ? null : BlockParts.lastPart(context);
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      report(parser, next, came);
    }
    if (last != null) {
      spoilt.add(last);
    }
    damage(last != null ? last : context);
    boolean top = context.getRuleIndex() == AssayParser.RULE_file;
    parser.consume();
    skip(parser, next, 0, top);
    unread(parser, last != null ? last.getStart() : came, parser.getCurrentToken());
  }

  private void report(Parser parser, IntervalSet next, Token came) {
    Optional<BlockWords> block = BlockParts.block(parser.getContext().getRuleIndex());
    boolean word = BlockWords.isWord(came) && startsLine(parser, came);
    boolean known = BlockWords.ASSERTION.types().contains(came.getType());
    ParserRuleContext last = BlockParts.lastPart(parser.getContext());
    if (block.equals(Optional.of(BlockWords.STREAM))
        && last != null
        && !startsLine(parser, came)
        && BlockWords.ASSERTION.types().contains(last.getStart().getType())
        && !BlockWords.STREAM.types().contains(last.getStart().getType())) {
      errors.misplaced(
          last.getStart(), "'%s' belongs to assertions".formatted(last.getStart().getText()));
    } else if (word && block.isPresent() && !known && came.getType() == AssayLexer.IDENT) {
      errors.unknownPart(came, block.get());
    } else if (startsLine(parser, came) || last == null) {
      errors.unexpected(SyntaxPlace.of(parser, came), next);
    } else {
      errors.unexpected(SyntaxPlace.behind(parser, came, last), new IntervalSet());
    }
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    if (inErrorRecoveryMode(parser)) {
      return;
    }
    beginErrorCondition(parser);
    Token opening = BlockParts.openBlock(parser, e);
    Token swallowed = BlockParts.swallowed(parser, e);
    if (swallowed != null) {
      errors.unfinished(
          SyntaxPlace.before(parser.getTokenStream(), swallowed),
          swallowed,
          ClauseExamples.of(parser.getContext()));
    } else if (opening != null) {
      errors.unclosedBlock(opening, e.getOffendingToken());
    } else {
      errors.unexpected(
          SyntaxPlace.of(parser, e.getOffendingToken()),
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

  @Override
  public void recover(Parser parser, RecognitionException e) {
    ParserRuleContext context = parser.getContext();
    if (!BlockParts.PARTS.get(context.getRuleIndex())) {
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
    unread(parser, context.getStart(), parser.getCurrentToken());
  }

  /** Words of a part that could not be read: names that it would have declared are among them. */
  private void unread(Parser parser, Token first, Token end) {
    for (ParserRuleContext c = parser.getContext(); c != null; c = c.getParent()) {
      Set<String> words = unread.computeIfAbsent(c, ignored -> new HashSet<>());
      for (int i = first.getTokenIndex(); i < end.getTokenIndex(); i++) {
        Token token = parser.getTokenStream().get(i);
        if (BlockWords.isWord(token)) {
          words.add(token.getText());
        }
      }
    }
  }

  /** The words of all parts of a declaration that could not be read. */
  Set<String> unread(ParserRuleContext declaration) {
    return unread.getOrDefault(declaration, Set.of());
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

  /** Whether a part that seemed well has more behind it, hence says something else. */
  boolean isSpoilt(ParserRuleContext part) {
    return spoilt.contains(part);
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
          || BlockParts.startsDeclaration(parser, token)
          || (depth == 0 && type == AssayLexer.RBRACE && !top)) {
        return;
      }
      depth += type == AssayLexer.LBRACE ? 1 : type == AssayLexer.RBRACE ? -1 : 0;
      depth = Math.max(0, depth);
      parser.consume();
    }
  }

  private static boolean startsLine(Parser parser, Token token) {
    return SyntaxPlace.startsLine(parser.getTokenStream(), token);
  }
}
