package io.assay.assertion.assist;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.SyntaxTree;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * What rule files declare, as far as it can be read: while someone writes, an assertion is nearly
 * always wrong, and its stream is nearly always right.
 *
 * @param streams by name
 * @param named the names of all other declarations, by the word that begins them
 * @param texts of the declarations of streams, by name
 */
record Schemas(
    Map<String, StreamType> streams, Map<Integer, List<String>> named, Map<String, String> texts) {

  static Schemas of(List<SourceFile> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<Integer, List<String>> named = new LinkedHashMap<>();
    for (SourceFile file : files) {
      read(file.text(), texts, named);
    }
    Map<String, StreamType> streams = new LinkedHashMap<>();
    compiled(List.copyOf(texts.values()))
        .ifPresentOrElse(
            rules -> rules.streams().forEach(one -> streams.put(one.name(), one)),
            () ->
                texts.forEach(
                    (name, text) ->
                        compiled(List.of(text))
                            .flatMap(rules -> rules.stream(name))
                            .ifPresent(one -> streams.put(name, one))));
    return new Schemas(streams, named, texts);
  }

  /** Declarations begin at the left, or where no brace is open. */
  private static void read(
      String text, Map<String, String> streams, Map<Integer, List<String>> named) {
    List<Token> words =
        SyntaxTree.tokens(text).stream()
            .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
            .toList();
    int depth = 0;
    for (int i = 0; i + 1 < words.size(); i++) {
      Token word = words.get(i);
      boolean first = i == 0 || words.get(i - 1).getLine() < word.getLine();
      if (first && (depth == 0 || word.getCharPositionInLine() == 0)) {
        String name = words.get(i + 1).getText();
        named.computeIfAbsent(word.getType(), type -> new ArrayList<>()).add(name);
        if (word.getType() == AssayLexer.STREAM) {
          depth = 0;
          streams.put(name, text.substring(Caret.offset(text, word), end(text, words, i)));
        }
      }
      depth += word.getType() == AssayLexer.LBRACE ? 1 : 0;
      depth -= word.getType() == AssayLexer.RBRACE && depth > 0 ? 1 : 0;
    }
  }

  /** Behind the brace that closes what begins at a word, and the rest of its line. */
  private static int end(String text, List<Token> words, int begin) {
    int depth = 0;
    for (int i = begin; i < words.size(); i++) {
      depth += words.get(i).getType() == AssayLexer.LBRACE ? 1 : 0;
      if (words.get(i).getType() == AssayLexer.RBRACE && --depth <= 0) {
        return Caret.offset(text, words.get(i)) + 1;
      }
    }
    return text.length();
  }

  private static Optional<CheckedRules> compiled(List<String> declarations) {
    List<SourceFile> files = new ArrayList<>();
    declarations.forEach(
        text -> files.add(new SourceFile("stream-" + files.size(), "language 1\n" + text)));
    Compilation compilation = new RuleCompiler().compile(files);
    return compilation.issues().stream().anyMatch(Issue::isError)
        ? Optional.empty()
        : compilation.rules();
  }

  List<String> named(int word) {
    return named.getOrDefault(word, List.of());
  }

  /** What the author has noted of a field: the comment behind it, or in the line above it. */
  Optional<String> note(String stream, String field) {
    String text = texts.getOrDefault(stream, "");
    List<Token> tokens = SyntaxTree.tokens(text);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token word = tokens.get(i);
      boolean declares =
          word.getText().equals(field) && tokens.get(i + 1).getType() != AssayLexer.DOT;
      if (declares) {
        return commentIn(tokens, word.getLine(), i).or(() -> commentAbove(tokens, word.getLine()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> commentIn(List<Token> tokens, int line, int from) {
    return tokens.stream()
        .skip(from)
        .filter(token -> token.getType() == AssayLexer.COMMENT && token.getLine() == line)
        .map(Schemas::bare)
        .findFirst();
  }

  private static Optional<String> commentAbove(List<Token> tokens, int line) {
    boolean alone =
        tokens.stream()
            .noneMatch(t -> t.getLine() == line - 1 && t.getType() != AssayLexer.COMMENT);
    return alone ? commentIn(tokens, line - 1, 0) : Optional.empty();
  }

  private static String bare(Token comment) {
    return comment.getText().replaceFirst("^(#+|//+)\\s*", "").strip();
  }
}
