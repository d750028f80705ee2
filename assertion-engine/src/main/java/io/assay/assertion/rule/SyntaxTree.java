package io.assay.assertion.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;

/**
 * A rule text taken apart as it was written, comments and all, for whoever lays it out anew.
 *
 * @param tokens in order; comments stand on the hidden channel, the last is the end of the file
 */
public record SyntaxTree(AssayParser.FileContext file, List<Token> tokens) {
  public SyntaxTree {
    tokens = List.copyOf(tokens);
  }

  /** Empty, and what is wrong told, where the text cannot be read. */
  public static Optional<SyntaxTree> of(SourceFile source, Consumer<Issue> issues) {
    return RuleParser.tree(source, issues);
  }

  /** The words and comments of a text, as the parser sees them; also of one that is no rule. */
  public static List<Token> tokens(String text) {
    return RuleParser.words(text, Dialect.ASSAY);
  }
}
