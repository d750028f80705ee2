package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Reads a declared name like {@code front-camera} as one name, once it is told that names have no
 * hyphens; elsewhere a hyphen is a minus.
 */
final class HyphenatedNames {
  private static final Set<Integer> BEFORE_A_NAME =
      Set.of(
          AssayLexer.MODEL,
          AssayLexer.STREAM,
          AssayLexer.EMBEDDINGS,
          AssayLexer.ASSERTION,
          AssayLexer.ROUTE,
          AssayLexer.PARAM,
          AssayLexer.TEST,
          AssayLexer.ON);

  private HyphenatedNames() {}

  static List<Token> join(List<? extends Token> tokens, Spans spans, Consumer<Issue> issues) {
    var joined = new ArrayList<Token>(tokens.size());
    boolean declaration = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean firstOfLine = i == 0 || tokens.get(i - 1).getLine() < token.getLine();
      declaration =
          firstOfLine
              ? token.getCharPositionInLine() == 0 && BEFORE_A_NAME.contains(token.getType())
              : declaration;
      joined.add(token);
      int end = declaration && BEFORE_A_NAME.contains(token.getType()) ? end(tokens, i + 1) : i;
      if (end > i + 1) {
        joined.add(name(tokens.subList(i + 1, end + 1), spans, issues));
        i = end;
      }
    }
    return joined;
  }

  /** The last token of the name that begins at {@code at}. */
  private static int end(List<? extends Token> tokens, int at) {
    int end = at;
    while (end + 2 < tokens.size()
        && tokens.get(end + 1).getType() == AssayLexer.MINUS
        && touch(tokens.get(end), tokens.get(end + 1))
        && touch(tokens.get(end + 1), tokens.get(end + 2))) {
      end += 2;
    }
    return end;
  }

  private static boolean touch(Token left, Token right) {
    return left.getStopIndex() + 1 == right.getStartIndex();
  }

  private static Token name(List<? extends Token> parts, Spans spans, Consumer<Issue> issues) {
    var text = new StringBuilder();
    parts.forEach(part -> text.append(part.getType() == AssayLexer.MINUS ? "_" : part.getText()));
    issues.accept(
        new Issue(
            IssueCode.UNEXPECTED,
            spans.of(parts.get(0), parts.get(parts.size() - 1)),
            "a name has letters, digits and '_', no '-'",
            Optional.of("write %s".formatted(text))));
    var name = new CommonToken(parts.get(0));
    name.setType(AssayLexer.IDENT);
    name.setText(text.toString());
    name.setStopIndex(parts.get(parts.size() - 1).getStopIndex());
    return name;
  }
}
