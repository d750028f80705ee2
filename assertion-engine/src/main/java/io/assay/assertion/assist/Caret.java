package io.assay.assertion.assist;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * A place in a rule text.
 *
 * @param start where the word begins that stands around the place; the place itself where there is
 *     none
 * @param before the words before it, from the beginning of its declaration
 * @param within what it is within
 */
record Caret(String text, int start, List<Token> before, Within within) {
  private static final Set<Integer> DECLARATIONS =
      Set.of(
          AssayLexer.LANGUAGE,
          AssayLexer.MODEL,
          AssayLexer.STREAM,
          AssayLexer.EMBEDDINGS,
          AssayLexer.ASSERTION,
          AssayLexer.ROUTE,
          AssayLexer.PARAM,
          AssayLexer.TEST);

  /** Of what a place is. */
  enum Within {
    RULES,
    TEXT,
    COMMENT
  }

  Caret {
    before = List.copyOf(before);
  }

  /** {@code offset}: in UTF-16 units from 0. */
  static Caret at(String text, int offset) {
    int start = offset;
    while (start > 0 && isOfWord(text.charAt(start - 1))) {
      start--;
    }
    List<Token> all = SyntaxTree.tokens(text.substring(0, start));
    List<Token> before = new ArrayList<>();
    int depth = 0;
    for (Token token : all) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      boolean first = before.isEmpty() || before.getLast().getLine() < token.getLine();
      boolean declares = first && DECLARATIONS.contains(token.getType());
      // A brace may be missing above: what begins a line at its very left begins anew.
      if (declares && (depth == 0 || token.getCharPositionInLine() == 0)) {
        before.clear();
        depth = 0;
      }
      before.add(token);
      depth += token.getType() == AssayLexer.LBRACE ? 1 : 0;
      depth -= token.getType() == AssayLexer.RBRACE && depth > 0 ? 1 : 0;
    }
    return new Caret(text, start, before, within(text, all, start));
  }

  private static boolean isOfWord(char one) {
    return one == '_' || (one < 0x80 && Character.isLetterOrDigit(one));
  }

  private static Within within(String text, List<Token> all, int start) {
    if (all.isEmpty()) {
      return Within.RULES;
    }
    Token last = all.getLast();
    if (last.getType() == AssayLexer.UNCLOSED_STRING) {
      return Within.TEXT;
    }
    boolean sameLine = text.lastIndexOf('\n', Math.max(0, start - 1)) < offset(text, last);
    return last.getType() == AssayLexer.COMMENT && sameLine ? Within.COMMENT : Within.RULES;
  }

  /** The lexer counts code points. */
  static int offset(String text, Token token) {
    return text.offsetByCodePoints(0, token.getStartIndex());
  }

  /** What the author has written of the word, up to a place in it. */
  String typed(int offset) {
    return text.substring(start, Math.max(start, offset));
  }

  /** The whole word, also what stands behind the place. */
  String word() {
    int end = start;
    while (end < text.length() && isOfWord(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** The kind of the last word before, 0 where there is none. */
  int last() {
    return before.isEmpty() ? 0 : before.getLast().getType();
  }

  /** What may stand here. Where the text before has mistakes, its own line is read alone. */
  Expected.Answer expected() {
    Expected.Answer whole = Expected.behind(types(before));
    if (!whole.isEmpty()) {
      return whole;
    }
    List<Token> head = new ArrayList<>();
    for (Token token : before) {
      head.add(token);
      if (token.getType() == AssayLexer.LBRACE) {
        break;
      }
    }
    int line = 1 + (int) text.substring(0, start).chars().filter(one -> one == '\n').count();
    List<Token> alone = new ArrayList<>(head);
    before.stream().filter(t -> t.getLine() == line && !head.contains(t)).forEach(alone::add);
    Expected.Answer answer = Expected.behind(types(alone));
    return answer.isEmpty() ? Expected.behind(types(head)) : answer;
  }

  private static List<Integer> types(List<Token> tokens) {
    return tokens.stream().map(Token::getType).toList();
  }
}
