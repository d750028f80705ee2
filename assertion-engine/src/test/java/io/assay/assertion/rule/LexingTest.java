package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.eval.term.ExpressionLines;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a number ends and what its letters and signs mean. */
class LexingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10%3   | INT PERCENT INT",
        "10 % 3 | INT PERCENT INT",
        "10% 3  | PERCENT_LITERAL INT",
        "5%     | PERCENT_LITERAL",
        "x*5%   | IDENT STAR PERCENT_LITERAL",
        "5%)    | PERCENT_LITERAL RPAREN",
        "2% for | PERCENT_LITERAL FOR",
        "2%-1   | INT PERCENT MINUS INT",
        "7%x    | INT PERCENT IDENT",
        "7%(x)  | INT PERCENT LPAREN IDENT RPAREN",
        "40m    | QUANTITY",
        "1.5s   | QUANTITY",
        "1e3ms  | QUANTITY",
        "1u     | UINT",
        "0x1F   | INT",
        "0x1Fu  | UINT",
        "1e3    | DOUBLE",
        "1 .. 2 | INT RANGE INT",
        "1..2   | INT RANGE INT"
      })
  void aTextFallsIntoTheseTokens(String text, String expected) {
    assertThat(tokens(text, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"10% 3 | INT PERCENT INT", "5% | INT PERCENT", "40m | INT IDENT", "1u | UINT"})
  void celAloneHasNeitherUnitsNorPercents(String text, String expected) {
    assertThat(tokens(text, true)).isEqualTo(expected);
  }

  private static String tokens(String text, boolean pure) {
    var lexer = new AssayLexer(CharStreams.fromString(text));
    lexer.pure = pure;
    List<? extends Token> tokens = lexer.getAllTokens();
    return String.join(
        " ",
        tokens.stream()
            .map(token -> lexer.getVocabulary().getSymbolicName(token.getType()))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10%3            | {\"int\":\"1\"}",
        "10 % 3          | {\"int\":\"1\"}",
        "5%              | {\"double\":\"0.05\"}",
        "2.0*5%          | {\"double\":\"0.1\"}",
        "duration('40m') | {\"duration\":[2400,0]}",
        "40min           | {\"duration\":[2400,0]}",
        "40metres        | {\"double\":\"40.0\"}"
      })
  void aLiteralHasThisValue(String expression, String value) {
    assertThat(new ExpressionLines(Dialect.ASSAY).answer("{\"expr\": \"" + expression + "\"}"))
        .isEqualTo(value);
  }

  @Test
  void fortyMetresAreALength() {
    assertThat(compile("40metres", Dialect.ASSAY).term())
        .hasValueSatisfying(term -> assertThat(term.type()).isEqualTo(Basic.LENGTH));
    assertThat(compile("5%", Dialect.ASSAY).term().map(Term::type)).contains(Basic.RATIO);
  }

  @Test
  void fortyMIsMetresOrMinutes() {
    assertThat(compile("40m", Dialect.ASSAY).issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.message()).isEqualTo("'40m' is no unit");
              assertThat(issue.suggestion()).contains("did you mean 40metres or 40min?");
            });
  }

  @Test
  void celAloneTakesNoneOfTheAdditions() {
    for (String text :
        List.of(
            "5%", "40metres", "1 + 2.0", "1 in 0 .. 2", "max([1, 2])", "1 # one", "as", "`a`")) {
      assertThat(compile(text, Dialect.CEL).term()).as(text).isEmpty();
    }
    assertThat(compile("10%3 == 1 && 10% 3 == 1", Dialect.CEL).term()).isPresent();
  }

  private static CheckedExpression compile(String text, Dialect dialect) {
    return new ExpressionCompiler(dialect, false).compile(new SourceFile("t", text), Map.of());
  }
}
