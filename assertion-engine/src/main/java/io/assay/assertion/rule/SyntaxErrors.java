package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says what is wrong at a token, in the words of the language rather than of its grammar. */
final class SyntaxErrors {
  private static final int MOST_NAMED = 5;
  private static final Vocabulary WORDS = AssayLexer.VOCABULARY;
  private static final List<String> ALL_WORDS = allWords();

  private final Spans spans;
  private final Consumer<Issue> issues;

  SyntaxErrors(Spans spans, Consumer<Issue> issues) {
    this.spans = spans;
    this.issues = issues;
  }

  /** {@code expected} is empty where only a longer stretch of text was seen to fit nowhere. */
  void unexpected(Token came, IntervalSet expected) {
    Span span = spans.of(came);
    switch (came.getType()) {
      case AssayLexer.UNCLOSED_STRING ->
          issues.accept(
              new Issue(
                  IssueCode.UNCLOSED_STRING,
                  span,
                  "this string is not closed on its line",
                  Optional.of("for a text of several lines use three quotes: \"\"\" … \"\"\"")));
      case AssayLexer.STRANGE ->
          issues.accept(
              new Issue(
                  IssueCode.STRANGE_CHARACTER,
                  span,
                  "the character %s is not part of the language".formatted(character(came)),
                  insteadOf(came.getText())));
      default ->
          issues.accept(
              new Issue(
                  IssueCode.UNEXPECTED, span, message(came, expected), meant(came, expected)));
    }
  }

  void unclosedBlock(Token opening, Token came) {
    issues.accept(
        new Issue(
            IssueCode.UNCLOSED_BLOCK,
            spans.of(opening),
            came.getType() == Token.EOF
                ? "this '{' is not closed before the end of the file"
                : "this '{' is not closed before %s on line %d"
                    .formatted(describe(came), came.getLine())));
  }

  void tooDeep(Token token) {
    issues.accept(
        new Issue(
            IssueCode.TOO_DEEP,
            spans.of(token),
            "nested too deep: at most %d brackets in each other and %d operators in a row are read"
                .formatted(DepthGuard.DEEPEST, DepthGuard.LONGEST)));
  }

  private static String message(Token came, IntervalSet expected) {
    List<String> wanted = wanted(expected);
    if (wanted.isEmpty() || wanted.size() > MOST_NAMED) {
      return "%s is not expected here".formatted(describe(came));
    }
    String last = wanted.getLast();
    String list =
        wanted.size() == 1
            ? last
            : String.join(", ", wanted.subList(0, wanted.size() - 1)) + " or " + last;
    return "expected %s, got %s".formatted(list, describe(came));
  }

  private static List<String> wanted(IntervalSet expected) {
    var wanted = new ArrayList<String>();
    boolean anyName = expected.contains(AssayLexer.IDENT);
    boolean expression = anyName && expected.contains(AssayLexer.LBRACKET);
    boolean continues = expected.contains(AssayLexer.STAR);
    if (expression) {
      wanted.add("an expression");
    } else if (anyName && expected.contains(AssayLexer.QUANTITY)) {
      wanted.add("a number, a duration or a parameter");
    } else if (anyName) {
      wanted.add("a name");
    } else if (expected.contains(AssayLexer.TYPE_NAME)) {
      wanted.add("a type");
    }
    for (int type : expected.toList()) {
      boolean told =
          ((anyName || expected.contains(AssayLexer.TYPE_NAME)) && isWord(type))
              || (expression && !isWord(type))
              || (continues && isOperator(type))
              || (anyName && expected.contains(AssayLexer.QUANTITY))
              || type == Token.EOF;
      if (!told) {
        wanted.add(
            switch (type) {
              case AssayLexer.STRING -> "a text in quotes";
              case AssayLexer.INT -> "a whole number";
              case AssayLexer.DOUBLE -> "a number";
              case AssayLexer.QUANTITY -> "a number with a unit";
              case AssayLexer.QUOTED_IDENT -> "a name";
              default -> WORDS.getDisplayName(type);
            });
      }
    }
    return wanted;
  }

  private static boolean isOperator(int type) {
    return (type >= AssayLexer.RANGE && type <= AssayLexer.PERCENT && type != AssayLexer.RBRACE)
        || type == AssayLexer.IN;
  }

  private static boolean isWord(int type) {
    return type >= AssayLexer.TRUE && type <= AssayLexer.QUOTED_IDENT;
  }

  private static Optional<String> meant(Token came, IntervalSet expected) {
    if (came.getType() != AssayLexer.IDENT) {
      return came.getType() == AssayLexer.ASSIGN
          ? Optional.of("a comparison is written '=='")
          : Optional.empty();
    }
    List<String> words = literals(expected);
    return Suggestions.didYouMean(came.getText(), words)
        .or(
            () ->
                expected.contains(AssayLexer.IDENT)
                    ? Optional.empty()
                    : Suggestions.didYouMean(came.getText(), ALL_WORDS));
  }

  private static List<String> literals(IntervalSet types) {
    var words = new ArrayList<String>();
    for (int type : types.toList()) {
      String literal = type == Token.EOF ? null : WORDS.getLiteralName(type);
      if (literal != null && Character.isLetter(literal.charAt(1))) {
        words.add(literal.substring(1, literal.length() - 1));
      }
    }
    if (types.contains(AssayLexer.TYPE_NAME)) {
      words.addAll(TypeNames.ALL);
    }
    return words;
  }

  private static List<String> allWords() {
    var all = new IntervalSet();
    all.add(AssayLexer.TRUE, AssayLexer.TYPE_NAME);
    return literals(all);
  }

  private static String character(Token token) {
    int point = token.getText().codePointAt(0);
    return Character.isISOControl(point) || Character.isWhitespace(point)
        ? "U+%04X".formatted(point)
        : "'%s'".formatted(token.getText());
  }

  private static Optional<String> insteadOf(String strange) {
    return switch (strange) {
      case "\u201C", "\u201D", "\u201E" -> Optional.of("quotes are written \" … \"");
      case "\u2018", "\u2019" -> Optional.of("quotes are written ' … '");
      case "&" -> Optional.of("'and' is written '&&'");
      case "|" -> Optional.of("'or' is written '||'");
      case "\u2264" -> Optional.of("'at most' is written '<='");
      case "\u2265" -> Optional.of("'at least' is written '>='");
      case ";" -> Optional.of("lines need no ';' at their end");
      default -> Optional.empty();
    };
  }

  static String describe(Token token) {
    return switch (token.getType()) {
      case Token.EOF -> "the end of the file";
      case AssayLexer.STRING -> "the text %s".formatted(shortened(token.getText()));
      default -> "'%s'".formatted(shortened(token.getText()));
    };
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() == text.length() && line.length() <= 40
        ? text
        : line.substring(0, Math.min(40, line.length())) + "…";
  }

  static IntervalSet expectedBy(InputMismatchException mismatch) {
    IntervalSet expected = mismatch.getExpectedTokens();
    return expected == null ? new IntervalSet() : expected;
  }
}
