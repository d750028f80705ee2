package io.assay.assertion.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says what is wrong at a token, in the words of the language rather than of its grammar. */
final class SyntaxErrors {
  private static final int MOST_NAMED = 5;

  private final Spans spans;
  private final Consumer<Issue> issues;

  SyntaxErrors(Spans spans, Consumer<Issue> issues) {
    this.spans = spans;
    this.issues = issues;
  }

  void tell(Issue issue) {
    issues.accept(issue);
  }

  /**
   * Something else stands where one of {@code expected} was needed; that is empty where only a
   * longer stretch of text was seen to fit nowhere.
   */
  void unexpected(SyntaxPlace place, IntervalSet expected) {
    Token came = place.came();
    switch (came.getType()) {
      case AssayLexer.UNCLOSED_STRING -> unclosedString(came);
      case AssayLexer.STRANGE ->
          tell(
              new Issue(
                  IssueCode.STRANGE_CHARACTER,
                  spans.of(came),
                  "the character %s is not part of the language".formatted(character(came)),
                  insteadOf(came.getText())));
      default -> unfitting(place, expected);
    }
  }

  void unclosedString(Token came) {
    boolean several = came.getText().matches("(?s)[bBrR]*(\"\"\"|\'\'\').*");
    tell(
        several
            ? new Issue(
                IssueCode.UNCLOSED_STRING,
                spans.firstLine(came),
                "this string of several lines is not closed before the end of the file",
                Optional.of("it ends with three quotes, as it began"))
            : new Issue(
                IssueCode.UNCLOSED_STRING,
                spans.of(came),
                "this string is not closed on its line",
                Optional.of("for a text of several lines use three quotes: \"\"\" … \"\"\"")));
  }

  private void unfitting(SyntaxPlace place, IntervalSet expected) {
    Token came = place.came();
    boolean unfinished = place.isUnfinished();
    String needed = needed(WantedWords.of(expected, place.rules()));
    String message;
    if (unfinished) {
      message =
          "%s after %s, got %s"
              .formatted(
                  needed.isEmpty() ? "expected more" : "expected " + needed,
                  describe(place.before()),
                  came.getType() == Token.EOF
                      ? "the end of the file"
                      : "%s on line %d".formatted(describe(came), came.getLine()));
    } else if (needed.isEmpty() && closes(came)) {
      message = "%s closes nothing".formatted(describe(came));
    } else {
      message =
          needed.isEmpty()
              ? "%s is not expected here".formatted(describe(came))
              : "expected %s, got %s".formatted(needed, describe(came));
    }
    boolean type = expected.contains(AssayLexer.TYPE_NAME) && came.getType() == AssayLexer.IDENT;
    tell(
        type && !unfinished
            ? TypeNames.unknown(came.getText(), spans.of(came))
            : new Issue(
                IssueCode.UNEXPECTED,
                unfinished ? spans.behind(place.before()) : spans.of(came),
                message,
                unfinished
                    ? new SyntaxAdvice(place, expected).toGoOn()
                    : new SyntaxAdvice(place, expected).advice()));
  }

  private static boolean closes(Token token) {
    return token.getType() == AssayLexer.RPAREN
        || token.getType() == AssayLexer.RBRACKET
        || token.getType() == AssayLexer.RBRACE;
  }

  /** A part of a block that begins as none does. */
  void unknownPart(Token came, BlockWords block) {
    tell(
        new Issue(
            IssueCode.UNEXPECTED,
            spans.of(came),
            "%s has no %s %s".formatted(block.block(), block.part(), describe(came)),
            Optional.of("it has " + String.join(", ", block.words()))));
  }

  /** A clause went on with the word that begins the next one. */
  void unfinished(Token before, Token next, Optional<String> example) {
    tell(
        new Issue(
            IssueCode.UNEXPECTED,
            spans.behind(before),
            "expected more after %s, got %s on line %d"
                .formatted(describe(before), describe(next), next.getLine()),
            example));
  }

  void misplaced(Token came, String message) {
    tell(new Issue(IssueCode.UNEXPECTED, spans.of(came), message));
  }

  void unclosedBlock(Token opening, Token came) {
    tell(
        new Issue(
            IssueCode.UNCLOSED_BLOCK,
            spans.of(opening),
            came.getType() == Token.EOF
                ? "this '{' is not closed before the end of the file"
                : "this '{' is not closed before %s on line %d"
                    .formatted(describe(came), came.getLine())));
  }

  void tooDeep(Token token) {
    tell(
        new Issue(
            IssueCode.TOO_DEEP,
            spans.of(token),
            "nested too deep: at most %d brackets in each other and %d operators in a row are read"
                .formatted(DepthGuard.DEEPEST, DepthGuard.LONGEST)));
  }

  private static String needed(List<String> wanted) {
    if (wanted.isEmpty() || wanted.size() > MOST_NAMED) {
      return "";
    }
    String last = wanted.getLast();
    return wanted.size() == 1
        ? last
        : String.join(", ", wanted.subList(0, wanted.size() - 1)) + " or " + last;
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
      case "~" -> Optional.of("'not' is written '!'");
      case "≠" -> Optional.of("'is not equal' is written '!='");
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
