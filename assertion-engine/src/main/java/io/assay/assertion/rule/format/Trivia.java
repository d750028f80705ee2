package io.assay.assertion.rule.format;

import io.assay.assertion.rule.AssayLexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** What stands between tokens and means nothing to a judge: comments and blank lines. */
final class Trivia {
  /**
   * @param blankBefore whether a blank line stood before it
   */
  record Comment(String text, boolean blankBefore) {}

  private final Map<Integer, List<Comment>> before = new HashMap<>();
  private final Map<Integer, String> after = new HashMap<>();
  private final Map<Integer, Boolean> blank = new HashMap<>();

  Trivia(List<Token> tokens) {
    Token last = null;
    List<Comment> waiting = new ArrayList<>();
    int line = 0;
    for (Token token : tokens) {
      boolean blankBefore = line > 0 && token.getLine() > line + 1;
      if (token.getType() == AssayLexer.COMMENT) {
        String text = token.getText().stripTrailing();
        if (last != null && waiting.isEmpty() && token.getLine() == line && !closed(last)) {
          after.put(last.getTokenIndex(), text);
        } else {
          waiting.add(new Comment(text, blankBefore));
        }
        line = token.getLine();
      } else {
        if (!waiting.isEmpty()) {
          before.put(token.getTokenIndex(), waiting);
          waiting = new ArrayList<>();
        }
        blank.put(token.getTokenIndex(), blankBefore);
        last = token;
        line = endLine(token);
      }
    }
  }

  private boolean closed(Token token) {
    return after.containsKey(token.getTokenIndex());
  }

  private static int endLine(Token token) {
    return token.getLine() + (int) token.getText().chars().filter(c -> c == '\n').count();
  }

  /** Comments on lines of their own. */
  List<Comment> before(Token token) {
    return before.getOrDefault(token.getTokenIndex(), List.of());
  }

  /** The comment that ends the token's line. */
  Optional<String> after(Token token) {
    return Optional.ofNullable(after.get(token.getTokenIndex()));
  }

  /** Whether a blank line stands between the token and what is before it. */
  boolean blankBefore(Token token) {
    return blank.getOrDefault(token.getTokenIndex(), false);
  }

  /** Whether the token begins something apart: after a blank line or a comment of its own. */
  boolean standsApart(Token token) {
    return blankBefore(token) || before.containsKey(token.getTokenIndex());
  }

  boolean isCommented(Token token) {
    return before.containsKey(token.getTokenIndex()) || after.containsKey(token.getTokenIndex());
  }
}
