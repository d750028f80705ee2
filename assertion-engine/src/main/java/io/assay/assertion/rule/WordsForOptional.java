package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;

/** Passes over {@code optional} before a type, once it is told that such a type ends with '?'. */
final class WordsForOptional {
  private static final Set<Integer> TYPES =
      Set.of(
          AssayLexer.TYPE_NAME,
          AssayLexer.TIMESTAMP,
          AssayLexer.LENGTH,
          AssayLexer.ENUM,
          AssayLexer.VECTOR,
          AssayLexer.LIST,
          AssayLexer.MAP);

  private WordsForOptional() {}

  static List<Token> drop(List<Token> tokens, Spans spans, Consumer<Issue> issues) {
    var kept = new ArrayList<Token>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (i > 0 && isOptional(tokens.get(i - 1), token, tokens, i + 1)) {
        issues.accept(TypeNames.unknown(token.getText(), spans.of(token)));
      } else {
        kept.add(token);
      }
    }
    return kept;
  }

  /** A name, the word, and a type, all on one line. */
  private static boolean isOptional(Token before, Token word, List<Token> tokens, int next) {
    return word.getType() == AssayLexer.IDENT
        && TypeNames.isOptional(word.getText())
        && next < tokens.size()
        && TYPES.contains(tokens.get(next).getType())
        && before.getLine() == word.getLine()
        && word.getLine() == tokens.get(next).getLine();
  }
}
