package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What to write instead of something that does not fit: the likeliest first. */
final class SyntaxAdvice {
  private final SyntaxPlace place;
  private final IntervalSet expected;
  private final Token came;
  private final Token before;

  SyntaxAdvice(SyntaxPlace place, IntervalSet expected) {
    this.place = place;
    this.expected = expected;
    this.came = place.came();
    this.before = place.before();
  }

  Optional<String> advice() {
    return ForeignHabits.operatorWord(came, before)
        .or(this::comprehension)
        .or(this::misspelt)
        .or(() -> ForeignHabits.word(came, expected))
        .or(this::test)
        .or(() -> ForeignHabits.comment(came, place.next()))
        .or(this::braces)
        .or(this::unit)
        .or(this::field)
        .or(this::quotes)
        .or(this::afterWord)
        .or(this::bracket)
        .or(() -> ForeignHabits.operator(came, before, place.next()))
        .or(this::elsewhere)
        .or(() -> ClauseExamples.of(place.rules()));
  }

  /** {@code all(b.score > 0.5 for b in boxes)}. */
  private Optional<String> comprehension() {
    boolean bracketed =
        expected.contains(AssayLexer.RPAREN) || expected.contains(AssayLexer.RBRACKET);
    return bracketed && came.getType() == AssayLexer.FOR
        ? Optional.of("macros are called on a list: boxes.all(b, …), boxes.filter(b, …)")
        : Optional.empty();
  }

  /** Where a line ended too early. */
  Optional<String> toGoOn() {
    if (before.getType() == AssayLexer.PERCENT) {
      return Optional.of("a percent has no space before its sign: 50%");
    }
    boolean present =
        expected.contains(AssayLexer.VIOLATED)
            && Suggestions.nearest(before.getText(), List.of("present")).isPresent();
    return present ? Optional.of("did you mean 'when present'?") : ClauseExamples.of(place.rules());
  }

  private Optional<String> test() {
    if (!place.isIn(AssayParser.RULE_testDecl)) {
      return Optional.empty();
    }
    return switch (came.getText()) {
      case "after" -> Optional.of("did you mean 'at'?");
      case "nothing", "none", "no" -> Optional.of("did you mean 'expect silence'?");
      case "=" ->
          place.isIn(AssayParser.RULE_givenItem)
              ? Optional.of("an element's fields stand with ':', as in { label: \"car\" }")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Near to one of the words that could stand here, or to any where only words could. */
  private Optional<String> misspelt() {
    return came.getType() == AssayLexer.IDENT
        ? Suggestions.didYouMean(came.getText(), words())
        : Optional.empty();
  }

  private List<String> words() {
    var words = new ArrayList<String>();
    for (int type : expected.toList()) {
      String literal = type == Token.EOF ? null : AssayLexer.VOCABULARY.getLiteralName(type);
      if (literal != null && Character.isLetter(literal.charAt(1))) {
        words.add(literal.substring(1, literal.length() - 1));
      }
    }
    if (words.isEmpty() && expected.isNil()) {
      words.addAll(List.of("where", "when", "within", "with", "over", "for", "from"));
    }
    return words;
  }

  /** {@code 500 ms}. */
  private Optional<String> unit() {
    boolean number = before.getType() == AssayLexer.INT || before.getType() == AssayLexer.DOUBLE;
    if (!number || before.getLine() != came.getLine() || came.getType() != AssayLexer.IDENT) {
      return Optional.empty();
    }
    return Units.named(came.getText()).isPresent()
        ? Optional.of("a unit stands right behind its number: " + before.getText() + came.getText())
        : Optional.of("did you mean '%s events'?".formatted(before.getText()))
            .filter(ignored -> ForeignHabits.meansEvents(came));
  }

  /** {@code each b in boxes { expect …}}. */
  private Optional<String> braces() {
    boolean clause =
        place.isIn(AssayParser.RULE_eachClause)
            && expected.contains(AssayLexer.COLON)
            && BlockWords.ASSERTION.types().contains(before.getType());
    return clause
        ? Optional.of("'each' has no braces: the clauses stand below it")
        : Optional.empty();
  }

  private Optional<String> field() {
    if (!inFields()) {
      return Optional.empty();
    }
    return switch (came.getType()) {
      case AssayLexer.COMMA -> Optional.of("fields and clauses stand without ',' between them");
      case AssayLexer.COLON -> Optional.of("a field is its name and its type, without ':'");
      case AssayLexer.LBRACKET -> Optional.of("a list is written list<string>");
      case AssayLexer.QUESTION -> Optional.of("'?' stands behind the type, as in: string?");
      case AssayLexer.PRIVATE -> Optional.of("'private' stands behind the type: string private");
      default -> Optional.empty();
    };
  }

  private boolean inFields() {
    return place.isIn(AssayParser.RULE_streamDecl) && !place.isIn(AssayParser.RULE_expr);
  }

  /** A list that goes on and is never closed. */
  private Optional<String> bracket() {
    boolean closing =
        expected.contains(AssayLexer.RBRACKET) || expected.contains(AssayLexer.RPAREN);
    if (came.getType() != AssayLexer.COMMA || !closing) {
      return Optional.empty();
    }
    return Optional.of(
        expected.contains(AssayLexer.RBRACKET)
            ? "the bracket before it is not closed"
            : "a list is written [a, b]; else the bracket before it is not closed");
  }

  private Optional<String> quotes() {
    boolean number = came.getType() == AssayLexer.INT;
    boolean text =
        expected.contains(AssayLexer.STRING) && (number || expected.toList().size() == 1);
    if (text && (BlockWords.isWord(came) || number)) {
      boolean whole = stopsBefore(place.next());
      return Optional.of(
          whole ? "write it in quotes: \"%s\"".formatted(came.getText()) : "write it in quotes");
    }
    boolean name = expected.contains(AssayLexer.IDENT) && !expected.contains(AssayLexer.LBRACKET);
    String written = came.getText();
    if (name && came.getType() == AssayLexer.STRING) {
      boolean amount = expected.contains(AssayLexer.QUANTITY);
      String bare = written.substring(1, written.length() - 1);
      String pattern = amount ? "[0-9.]+[a-z]*" : "[a-zA-Z_][a-zA-Z_0-9]*";
      return Optional.of(
          bare.matches(pattern)
              ? "write it without quotes: " + bare
              : "a name has letters, digits and '_'");
    }
    return Optional.empty();
  }

  private boolean stopsBefore(Token next) {
    return next.getLine() != came.getLine()
        || next.getType() == AssayLexer.RPAREN
        || next.getType() == AssayLexer.RBRACE
        || next.getType() == AssayLexer.COMMA;
  }

  /** {@code level: warning}, {@code level = warning}. */
  private Optional<String> afterWord() {
    boolean sign = came.getType() == AssayLexer.COLON || came.getType() == AssayLexer.ASSIGN;
    boolean word =
        BlockWords.ASSERTION.types().contains(before.getType())
            || BlockWords.STREAM.types().contains(before.getType());
    return sign && word && beginsItsLine(before)
        ? Optional.of("'%s' stands without '%s'".formatted(before.getText(), came.getText()))
        : Optional.empty();
  }

  /** Else a word of a clause is a field's name. */
  private static boolean beginsItsLine(Token word) {
    int line = word.getStartIndex() - word.getCharPositionInLine();
    return line == word.getStartIndex()
        || word.getInputStream().getText(Interval.of(line, word.getStartIndex() - 1)).isBlank();
  }

  /** A word that has its place, though not here. */
  private Optional<String> elsewhere() {
    if (place.rules().getRuleIndex() != AssayParser.RULE_file) {
      return Optional.empty();
    }
    if (came.getType() == AssayLexer.LANGUAGE) {
      return Optional.of("'language 1' stands first in its file");
    }
    return BlockWords.ASSERTION.types().contains(came.getType())
        ? Optional.of("'%s' stands within the braces of an assertion".formatted(came.getText()))
        : Optional.empty();
  }
}
