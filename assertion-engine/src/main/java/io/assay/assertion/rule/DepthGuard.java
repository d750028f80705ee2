package io.assay.assertion.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * Finds brackets too deep and chains of operators too long before anything recurses over them, so
 * that no text can exhaust the stack. What is counted bounds the depth of the tree: open brackets,
 * and operators on the way to a place.
 */
final class DepthGuard {
  static final int DEEPEST = 200;
  static final int LONGEST = 1000;

  private final Deque<Integer> outer = new ArrayDeque<>();
  private int operators;
  private int outerOperators;
  private boolean afterOperand;

  private DepthGuard() {}

  /** The first token that is too deep. */
  static Optional<Token> tooDeep(List<Token> tokens) {
    var guard = new DepthGuard();
    return tokens.stream()
        .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
        .filter(guard::exceeds)
        .findFirst();
  }

  private boolean exceeds(Token token) {
    switch (token.getType()) {
      case AssayLexer.LPAREN, AssayLexer.LBRACKET, AssayLexer.LBRACE -> open();
      case AssayLexer.RPAREN, AssayLexer.RBRACKET, AssayLexer.RBRACE -> close();
      case AssayLexer.COMMA -> {
        operators = 0;
        afterOperand = false;
      }
      case AssayLexer.DOT,
          AssayLexer.RANGE,
          AssayLexer.QUESTION,
          AssayLexer.COLON,
          AssayLexer.EQUALS,
          AssayLexer.NOT_EQUALS,
          AssayLexer.AT_MOST,
          AssayLexer.AT_LEAST,
          AssayLexer.BELOW,
          AssayLexer.ABOVE,
          AssayLexer.AND,
          AssayLexer.OR,
          AssayLexer.NOT,
          AssayLexer.PLUS,
          AssayLexer.MINUS,
          AssayLexer.STAR,
          AssayLexer.SLASH,
          AssayLexer.PERCENT,
          AssayLexer.IN -> {
        operators++;
        afterOperand = false;
      }
      default -> {
        // Two operands side by side: the second begins a new expression.
        if (afterOperand) {
          operators = 0;
        }
        afterOperand = true;
      }
    }
    return outer.size() > DEEPEST || outerOperators + operators > LONGEST;
  }

  private void open() {
    outer.push(operators);
    outerOperators += operators;
    operators = 0;
    afterOperand = false;
  }

  private void close() {
    if (!outer.isEmpty()) {
      // A call or index may follow a call: a(1)(2)[3], one step of the chain each.
      operators = outer.pop() + 1;
      outerOperators -= operators - 1;
    }
    afterOperand = true;
  }
}
