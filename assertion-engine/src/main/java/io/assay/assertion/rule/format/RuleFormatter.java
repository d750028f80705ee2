package io.assay.assertion.rule.format;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Gives a rule file its one layout. Words, numbers, texts and comments stay as they were written
 * and in their order; only the space between them changes. A laid out text stays as it is.
 */
public final class RuleFormatter {
  public RuleFormatter() {}

  /** A text that cannot be read comes back as it is, with the reasons. */
  public Formatted format(SourceFile source) {
    var issues = new ArrayList<Issue>();
    return SyntaxTree.of(source, issues::add)
        .map(tree -> new Formatted(layOut(source.text(), tree), issues))
        .orElseGet(() -> new Formatted(source.text(), issues));
  }

  private static String layOut(String text, SyntaxTree tree) {
    var trivia = new Trivia(tree.tokens());
    Doc doc = FileLayout.of(tree.file(), tree.tokens().getLast(), trivia);
    String laidOut = new Printer(trivia).print(doc).joined(lineEnd(text));
    if (!words(SyntaxTree.tokens(laidOut)).equals(words(tree.tokens()))) {
      throw new IllegalStateException("laying out would have changed the text");
    }
    return laidOut;
  }

  /** That of the first line: files from Windows stay as they are. */
  private static String lineEnd(String text) {
    int end = text.indexOf('\n');
    return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
  }

  private static List<String> words(List<Token> tokens) {
    return tokens.stream()
        .filter(token -> token.getType() != Token.EOF)
        .map(RuleFormatter::word)
        .toList();
  }

  private static String word(Token token) {
    boolean comment = token.getType() == AssayLexer.COMMENT;
    return token.getType() + (comment ? token.getText().stripTrailing() : token.getText());
  }
}
