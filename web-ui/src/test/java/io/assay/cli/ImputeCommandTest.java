package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImputeCommandTest {
  private static final Path TABLES =
      Path.of(System.getProperty("assay.shared", "../../shared"), "data/imputation");

  private static final Path APPLICATIONS =
      Path.of(System.getProperty("assay.root", ".."), "examples/applications.csv");

  @TempDir Path folder;

  /** Accuracy and error of the reference, each within what it varies by from seed to seed. */
  @ParameterizedTest
  @CsvSource({
    "tictactoe, mcar, mode, .434,, .001",
    "tictactoe, mcar, plain, .575,, .01",
    "tictactoe, mnar, plain, .564,, .01",
    "credit, mcar, mode, .617, .859, .001",
    "credit, mcar, plain, .771, .801, .01",
    "credit, mnar, plain, .745, .783, .01"
  })
  void theTablesComeOutAsTheAuthorsCodeHasThem(
      String name, String mask, String method, double accuracy, Double error, double tolerance)
      throws IOException {
    assumeTrue(Files.exists(TABLES), "the tables are not there: " + TABLES);
    CommandLineRun run =
        CommandLineRun.of(
            "impute",
            "evaluate",
            TABLES.resolve(name + ".csv").toString(),
            "--schema",
            TABLES.resolve(name + ".schema.json").toString(),
            "--mask",
            TABLES.resolve("%s.mask-%s.csv".formatted(name, mask)).toString(),
            "--method",
            method,
            "--format",
            "json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode found = JsonMapper.shared().readTree(run.out());
    assertThat(found.get("accuracy").asDouble()).isCloseTo(accuracy, within(tolerance));
    if (error == null) {
      assertThat(found.get("nrmse").isNull()).isTrue();
    } else {
      assertThat(found.get("nrmse").asDouble()).isCloseTo(error, within(2 * tolerance));
    }
    if (method.equals("plain") && mask.equals("mcar")) {
      assertThat(found.get("calibrationError").asDouble()).isLessThan(0.05);
    }
  }

  @Test
  void aTableIsFilledAndEachCellSaysWhy() throws IOException {
    Path model = folder.resolve("m");
    assertThat(
            run("train", APPLICATIONS.toString(), "--model", model.toString(), "--within", "60")
                .out())
        .contains("learned of 400 rows");
    Path filled = folder.resolve("filled.csv");
    Path why = folder.resolve("why.jsonl");
    Path gaps = file("gaps.csv", "age,employment,income,housing,purpose,loan\n21,,11.0,rented,,\n");
    String[] fill = {
      "fill", gaps.toString(), "--model", model.toString(), "--out", filled.toString()
    };
    assertThat(run(with(fill, "--guesses", why.toString())).out())
        .contains("3 cells filled, 0 left empty");
    assertThat(Files.readString(filled)).startsWith("age,employment").contains("21,student,11.0,");
    JsonNode employment = JsonMapper.shared().readTree(Files.readAllLines(why).get(0));
    assertThat(employment.get("value").asString()).isEqualTo("student");
    assertThat(employment.get("confidence").asDouble()).isBetween(0.8, 1.0);
    assertThat(employment.get("attention").propertyNames())
        .containsExactlyInAnyOrder("age", "income", "housing");
    JsonNode loan = JsonMapper.shared().readTree(Files.readAllLines(why).get(2));
    JsonNode value = loan.get("values").get(0);
    assertThat(value.get("value").asDouble())
        .isBetween(value.get("low").asDouble(), value.get("high").asDouble());
    assertThat(run(with(fill, "--least", "1")).out()).contains("0 cells filled, 3 left empty");
    assertThat(Files.readString(filled)).contains("21,,11.0,rented,,");
    assertThat(run(with(fill, "--draws", "20", "--seed", "3")).out())
        .contains("3 cells filled, 20 times");
    List<String> drawn = Files.readAllLines(filled);
    assertThat(drawn)
        .hasSize(21)
        .first()
        .isEqualTo("draw,age,employment,income,housing,purpose,loan");
    assertThat(drawn.get(20)).startsWith("20,21,").doesNotContain(",,");
    assertThat(drawn.stream().map(line -> line.substring(line.indexOf(','))).distinct())
        .hasSizeGreaterThan(15);
    assertThat(failed(with(fill, "--draws", "2", "--least", "0.5"))).contains("without --least");
    assertThat(failed(with(fill, "--draws", "0"))).contains("1 or more draws are needed, got 0");
    Path svg = folder.resolve("a.svg");
    assertThat(run("explain", model.toString(), "--svg", svg.toString()).out())
        .contains("2 employment");
    assertThat(Files.readString(svg)).contains("<title>employment looks at age: ");
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    Path table = file("t.csv", "a,b\n1,x\n2,y\n");
    assertThat(failed("train", "nowhere.csv", "--model", "m"))
        .contains("nowhere.csv cannot be read: it is not there");
    Path ragged = file("r.csv", "a,b\n1,x\n2\n");
    assertThat(failed("train", ragged.toString(), "--model", "m"))
        .contains("r.csv, line 3: 2 cells are needed, got 1");
    Path twice = file("d.csv", "a,a\n1,x\n");
    assertThat(failed("train", twice.toString(), "--model", "m"))
        .contains("the column 'a' comes twice");
    Path empty = file("e.csv", "a,b\n");
    assertThat(failed("train", empty.toString(), "--model", "m"))
        .contains("needs a line of names and a row, got 1 lines");
    Path schema = file("s.json", "{\"columns\": {\"a\": \"numeral\"}}");
    assertThat(failed("train", table.toString(), "--model", "m", "--schema", schema.toString()))
        .contains("'a' is a number, a category or a text, got 'numeral'");
    Path other = file("o.json", "{\"columns\": {\"c\": \"number\"}}");
    assertThat(failed("train", table.toString(), "--model", "m", "--schema", other.toString()))
        .contains("names the column 'c', the table has a, b");
    Path mask = file("m.csv", "a,b\n0,2\n0,0\n");
    assertThat(failed("evaluate", table.toString(), "--mask", mask.toString()))
        .contains("m.csv, row 1, 'b': 0 or 1 is needed, got '2'");
    Path shorter = file("n.csv", "a,b\n0,0\n");
    assertThat(failed("evaluate", table.toString(), "--mask", shorter.toString()))
        .contains("needs the table's columns and its 2 rows, got a, b and 1");
    assertThat(failed("explain", table.toString()))
        .contains("an imputer is needed, got something else");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private static CommandLineRun run(String... arguments) {
    CommandLineRun run = CommandLineRun.of(with(new String[] {"impute"}, arguments));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static String failed(String... arguments) {
    CommandLineRun run = CommandLineRun.of(with(new String[] {"impute"}, arguments));
    assertThat(run.status()).as(run.out()).isEqualTo(3);
    return run.err();
  }
}
