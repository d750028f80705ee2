package io.assay.assertion.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Closes blocks that a declaration in the first column shows to be forgotten, so that the rest of
 * the file reads as it was meant. Without it the next declaration's words would be read as fields
 * or clauses of the open block.
 */
final class ForgottenBraces {
  private final SyntaxErrors errors;
  private final Deque<Token> open = new ArrayDeque<>();

  ForgottenBraces(SyntaxErrors errors) {
    this.errors = errors;
  }

  List<Token> close(List<? extends Token> tokens) {
    var closed = new ArrayList<Token>(tokens.size());
    int firstOpen = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (!open.isEmpty() && beginsDeclaration(tokens, i)) {
        if (!hasCommentedAddress(tokens.subList(firstOpen, i))) {
          errors.unclosedBlock(open.getLast(), token);
        }
        open.forEach(ignored -> closed.add(brace(token)));
        open.clear();
      }
      if (token.getType() == AssayLexer.LBRACE) {
        firstOpen = open.isEmpty() ? i : firstOpen;
        open.push(token);
      } else if (token.getType() == AssayLexer.RBRACE) {
        open.poll();
      }
      closed.add(token);
    }
    return closed;
  }

  /**
   * Whether an address without quotes made a comment of the rest of its line, brace and all: that
   * is told where the text in quotes is missed.
   */
  private static boolean hasCommentedAddress(List<? extends Token> tokens) {
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      Token token = tokens.get(i);
      if (token.getChannel() != Token.DEFAULT_CHANNEL
          && token.getText().startsWith("//")
          && before.getType() == AssayLexer.COLON
          && before.getStopIndex() + 1 == token.getStartIndex()) {
        return true;
      }
    }
    return false;
  }

  private static Token brace(Token before) {
    var brace = new CommonToken(before);
    brace.setType(AssayLexer.RBRACE);
    brace.setText("}");
    return brace;
  }

  /**
   * Word, name and the word that follows it: enough to tell a declaration from a field of that
   * name.
   */
  static boolean beginsDeclaration(List<? extends Token> tokens, int at) {
    Token token = tokens.get(at);
    if (token.getCharPositionInLine() != 0 || at + 2 >= tokens.size()) {
      return false;
    }
    int third = tokens.get(at + 2).getType();
    return switch (token.getType()) {
      case AssayLexer.STREAM, AssayLexer.EMBEDDINGS -> third == AssayLexer.FROM;
      case AssayLexer.ASSERTION -> third == AssayLexer.ON;
      case AssayLexer.TEST -> third == AssayLexer.STRING;
      case AssayLexer.ROUTE -> third == AssayLexer.LBRACE;
      default -> false;
    };
  }
}
