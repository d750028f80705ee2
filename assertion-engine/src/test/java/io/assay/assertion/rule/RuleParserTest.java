package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.RuleFile;
import io.assay.assertion.rule.ast.StreamItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {
  @ParameterizedTest
  @CsvSource({"street.assay, 13", "tabular.assay, 11"})
  void readsTheReferenceFilesAsTheyStand(String name, int declarations) throws IOException {
    Path file = Path.of(System.getProperty("assay.shared", "shared"), "rules", name);
    assumeTrue(Files.exists(file), "the reference rules are not here: " + file);
    var issues = new ArrayList<Issue>();
    var source = new SourceFile(name, Files.readString(file));
    RuleFile read = RuleParser.parse(source, issues::add);
    assertThat(new IssueRenderer(List.of(source)).render(issues)).isEmpty();
    assertThat(read.declarations()).hasSize(declarations);
  }

  @Test
  void wordsOfClausesAreNamesElsewhere() {
    RuleFile read =
        clean(
            """
            stream s from topic "t" {
              model m
              key key string
              time time timestamp
              version string
              severity double?
              size int
              explain list { level int from string }
            }
            assertion where on s {
              each in_ in explain where in_.level > 1 && size(where) > severity
              expect version == level.expect
              let within = at
            }
            """);
    var stream = (Declaration.StreamDecl) read.declarations().get(0);
    assertThat(stream.items())
        .filteredOn(StreamItem.Field.class::isInstance)
        .map(i -> ((StreamItem.Field) i).field().name().text())
        .containsExactly("version", "severity", "size", "explain");
    var assertion = (Declaration.AssertionDecl) read.declarations().get(1);
    assertThat(assertion.clauses())
        .hasExactlyElementsOfTypes(Clause.Each.class, Clause.Expect.class, Clause.Let.class);
  }

  @Test
  void unitsAndPercentsAreLexedByWhatStandsNextToThem() {
    Map<String, String> golden =
        Map.ofEntries(
            Map.entry("10%3", "(10 % 3)"),
            Map.entry("10 % 3", "(10 % 3)"),
            Map.entry("10 %3", "(10 % 3)"),
            Map.entry("5%", "5.0%"),
            Map.entry("x*5%", "(x * 5.0%)"),
            Map.entry("x < 2% && y", "((x < 2.0%) && y)"),
            Map.entry("f(2%, 3)", "f(2.0%, 3)"),
            Map.entry("x%3", "(x % 3)"),
            Map.entry("10%-3", "(10 % -3)"),
            Map.entry("40m", "40'm"),
            Map.entry("40metres", "40'metres"),
            Map.entry("500ms", "500'ms"),
            Map.entry("1.5h", "1.5'h"),
            Map.entry("-5min", "-5'min"),
            Map.entry("1e3ms", "1e3'ms"),
            Map.entry("1e3", "1000.0"),
            Map.entry("0x1F", "31"),
            Map.entry("12u", "12u"),
            Map.entry("18..110", "18..110"),
            Map.entry("0.0 .. 1e7", "0.0..1.0E7"),
            Map.entry("-9223372036854775808", "-9223372036854775808"),
            Map.entry("duration(\"40m\")", "duration(\"40m\")"));
    golden.forEach((text, tree) -> assertThat(sketch(expression(text))).as(text).isEqualTo(tree));
  }

  @Test
  void aPercentEndsWhereTheNextClauseBegins() {
    RuleFile read =
        clean(
            """
            assertion a on s {
              expect x > 1
              alert when rate > 2% for 5min to team
              expect missing(f) < 5% over tumbling 1h
            }
            """);
    var clauses = ((Declaration.AssertionDecl) read.declarations().get(0)).clauses();
    assertThat(clauses)
        .hasExactlyElementsOfTypes(Clause.Expect.class, Clause.Alert.class, Clause.Expect.class);
    assertThat(((Clause.Expect) clauses.get(2)).over()).isNotNull();
  }

  @Test
  void operatorsBindAsInCel() {
    assertThat(sketch(expression("a || b && c == d + e * -f.g[0] ? x : y ? z : w")))
        .isEqualTo("((a || (b && (c == (d + (e * -f.g[0]))))) ? x : (y ? z : w))");
    assertThat(sketch(expression("1 - 2 - 3 in [1, 2,]"))).isEqualTo("(((1 - 2) - 3) in [1, 2])");
    assertThat(sketch(expression("x in 1 + 1 .. 5 && !!y")))
        .isEqualTo("((x in (1 + 1)..5) && !!y)");
    assertThat(sketch(expression(".a.b(c) == {'k': 1, 2: [3],}.k")))
        .isEqualTo("(.a.b(c) == {\"k\": 1, 2: [3]}.k)");
    assertThat(sketch(expression("baseline(last 7d)"))).isEqualTo("baseline(last 7'd)");
  }

  @Test
  void readsEveryFormOfString() {
    Map<String, String> golden =
        Map.of(
            "'a\\n\\x41\\u00e9\\101'", "a\nA\u00e9A",
            "r'a\\n'", "a\\n",
            "R\"\\\"", "\\",
            "\"\"\"a\"b\"\"\"", "a\"b",
            "'''it's\nhere'''", "it's\nhere",
            "r\"\"\"\\d\"\"\"", "\\d",
            "\"\\U0001f431\"", "\uD83D\uDC31",
            "''", "");
    golden.forEach(
        (text, value) ->
            assertThat(((Expr.StringLiteral) expression(text)).value()).as(text).isEqualTo(value));
  }

  @Test
  void bytesKeepOctets() {
    assertThat(((Expr.BytesLiteral) expression("b'\\000\\xffé'")).value())
        .containsExactly((byte) 0, (byte) 255, (byte) 0xc3, (byte) 0xa9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "!", "-", "{1:", "a ? b : ", "1 + ", "a.", "f(", "a[", "a || "})
  void depthIsBoundedWithOneError(String opening) {
    var issues = new ArrayList<Issue>();
    String text =
        "assertion a on s {\n  expect " + opening.repeat(10_000) + "x\n  level warning\n}\n";
    RuleParser.parse(new SourceFile("deep.assay", text), issues::add);
    assertThat(issues).extracting(Issue::code).containsExactly(IssueCode.TOO_DEEP);
  }

  @Test
  void whatIsDeepButAllowedIsRead() {
    clean("assertion a on s {\n  expect " + "(".repeat(190) + "x" + ")".repeat(190) + "\n}\n");
    clean("assertion a on s {\n  expect x" + " + 1".repeat(900) + "\n}\n");
    clean("assertion a on s {\n" + "  expect x + 1 > 2\n".repeat(3000) + "}\n");
  }

  private static RuleFile clean(String text) {
    var issues = new ArrayList<Issue>();
    var source = new SourceFile("r.assay", text);
    RuleFile read = RuleParser.parse(source, issues::add);
    assertThat(new IssueRenderer(List.of(source)).render(issues)).isEmpty();
    return read;
  }

  private static Expr expression(String text) {
    RuleFile read = clean("param p = " + text);
    return ((Declaration.ParamDecl) read.declarations().get(0)).value();
  }

  /** The tree as text with every operation in brackets. */
  private static String sketch(Expr expr) {
    return switch (expr) {
      case Expr.IntLiteral e -> Long.toString(e.value());
      case Expr.UintLiteral e -> Long.toUnsignedString(e.bits()) + "u";
      case Expr.DoubleLiteral e -> Double.toString(e.value());
      case Expr.StringLiteral e -> '"' + e.value() + '"';
      case Expr.BytesLiteral e -> "b" + e.value();
      case Expr.BoolLiteral e -> Boolean.toString(e.value());
      case Expr.NullLiteral ignored -> "null";
      case Expr.Quantity e -> e.number() + "'" + e.unit();
      case Expr.Percent e -> e.value() * 100 + "%";
      case Expr.Ident e -> (e.absolute() ? "." : "") + e.name();
      case Expr.Select e -> sketch(e.target()) + "." + e.field().text();
      case Expr.Index e -> sketch(e.target()) + "[" + sketch(e.index()) + "]";
      case Expr.Call e ->
          (e.target() == null ? e.absolute() ? "." : "" : sketch(e.target()) + ".")
              + e.function().text()
              + "("
              + String.join(", ", e.arguments().stream().map(RuleParserTest::sketch).toList())
              + ")";
      case Expr.ListLiteral e ->
          e.elements().stream().map(RuleParserTest::sketch).toList().toString();
      case Expr.MapLiteral e ->
          "{"
              + String.join(
                  ", ",
                  e.entries().stream()
                      .map(n -> sketch(n.key()) + ": " + sketch(n.value()))
                      .toList())
              + "}";
      case Expr.StructLiteral e -> e.type() + e.fields().size();
      case Expr.Not e -> "!" + sketch(e.operand());
      case Expr.Negate e -> "-" + sketch(e.operand());
      case Expr.Binary e ->
          "(%s %s %s)".formatted(sketch(e.left()), e.operator().sign(), sketch(e.right()));
      case Expr.Conditional e ->
          "(%s ? %s : %s)"
              .formatted(sketch(e.condition()), sketch(e.then()), sketch(e.otherwise()));
      case Expr.Range e -> sketch(e.from()) + ".." + sketch(e.to());
      case Expr.Last e -> "last " + sketch(e.amount());
    };
  }
}
