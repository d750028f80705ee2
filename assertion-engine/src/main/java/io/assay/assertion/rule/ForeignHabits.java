package io.assay.assertion.rule;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What a sign or word that other languages use is called in this one. */
final class ForeignHabits {
  private static final String CHOICE = "a choice is written: condition ? this : that";
  private static final Map<String, String> OPERATORS =
      Map.of(
          "and", "'and' is written '&&'",
          "or", "'or' is written '||'",
          "not", "'not' is written '!'",
          "in", "'in' is written in small letters: x in [\"a\", \"b\"]",
          "is", "'is' is written '=='",
          "equals", "'equals' is written '=='",
          "between", "as in: x in 0 .. 10",
          "then", CHOICE,
          "like", "as in: name.matches(\"^a.*\")",
          "implies", "'a implies b' is written: !a || b");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("frames", "events"),
          Map.entry("samples", "events"),
          Map.entry("records", "events"),
          Map.entry("messages", "events"),
          Map.entry("after", "at"),
          Map.entry("under", "less"),
          Map.entry("nothing", "silence"),
          Map.entry("none", "silence"),
          Map.entry("no", "silence"),
          Map.entry("sliding", "hopping"),
          Map.entry("add", "insert"),
          Map.entry("delete", "remove"),
          Map.entry("drop", "remove"),
          Map.entry("update", "set"),
          Map.entry("of", "in"),
          Map.entry("using", "with"),
          Map.entry("during", "within"),
          Map.entry("description", "explain"),
          Map.entry("message", "explain"));

  private ForeignHabits() {}

  static boolean meansEvents(Token came) {
    return "events".equals(WORDS.get(came.getText()));
  }

  /** The word of this language for one of another, where it may stand. */
  static Optional<String> word(Token came, IntervalSet expected) {
    String word = WORDS.get(came.getText());
    if (word == null) {
      return Optional.empty();
    }
    boolean fits =
        expected.toList().stream()
            .anyMatch(
                type -> ("'" + word + "'").equals(AssayLexer.VOCABULARY.getLiteralName(type)));
    return fits ? Optional.of("did you mean '%s'?".formatted(word)) : Optional.empty();
  }

  static Optional<String> operatorWord(Token came, Token before) {
    boolean choice = before.getText().equals("if") || came.getText().equals("if");
    String written = choice ? CHOICE : OPERATORS.get(came.getText().toLowerCase(Locale.ROOT));
    return Optional.ofNullable(written);
  }

  static Optional<String> operator(Token came, Token before, Token next) {
    return Optional.ofNullable(
        switch (came.getType()) {
          case AssayLexer.ASSIGN -> assignment(came, before, next);
          case AssayLexer.ABOVE ->
              touch(before, came, AssayLexer.BELOW)
                  ? "'is not equal' is written '!='"
                  : touch(before, came, AssayLexer.MINUS)
                      ? "a macro takes a variable and an expression: list.exists(e, e.score > 0.5)"
                      : null;
          case AssayLexer.PLUS ->
              touch(before, came, AssayLexer.PLUS) ? "values do not change in a rule" : null;
          case AssayLexer.STAR ->
              touch(before, came, AssayLexer.STAR) ? "a square is written x * x" : null;
          case AssayLexer.STRING ->
              touch(before, came, AssayLexer.IDENT)
                  ? "texts are joined by '+': \"lane \" + string(lane)"
                  : null;
          case AssayLexer.COMMA ->
              touch(before, came, AssayLexer.INT)
                      && touch(came, next, AssayLexer.COMMA)
                      && next.getType() == AssayLexer.INT
                  ? "decimals stand behind a point: 0.5"
                  : null;
          case AssayLexer.INT ->
              before.getType() == AssayLexer.DOT
                  ? "a range is written with two points: 0 .. 10"
                  : null;
          default -> null;
        });
  }

  private static String assignment(Token came, Token before, Token next) {
    boolean order = next.getType() == AssayLexer.ABOVE || next.getType() == AssayLexer.BELOW;
    if (order && touch(came, next, AssayLexer.ASSIGN)) {
      return "did you mean '%s='?".formatted(next.getText());
    }
    boolean changes = touch(before, came, AssayLexer.PLUS) || touch(before, came, AssayLexer.MINUS);
    return changes ? "values do not change in a rule" : "a comparison is written '=='";
  }

  private static boolean touch(Token before, Token came, int type) {
    return before.getType() == type && before.getStopIndex() + 1 == came.getStartIndex();
  }

  /** A comment as other languages write it, taken for a declaration or clause. */
  static Optional<String> comment(Token came, Token next) {
    boolean block = came.getType() == AssayLexer.SLASH && next.getType() == AssayLexer.STAR;
    boolean line = came.getType() == AssayLexer.MINUS && next.getType() == AssayLexer.MINUS;
    return block || line ? Optional.of("a comment begins with '#' or '//'") : Optional.empty();
  }
}
