package io.assay.example.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Outcome;
import io.assay.assertion.scenario.RuleTests;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFunctionsTest {
  private static final Path RULES =
      Path.of(System.getProperty("assay.root", ".."), "example-functions/rules/plates.assay");

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "kitten, sitting, 3",
    "flaw, lawn, 2",
    "same, same, 0",
    "🚗🚙, 🚙, 1"
  })
  void countsWhatMustChange(String from, String into, long distance) {
    assertThat(TextFunctions.edit_distance(from, into)).isEqualTo(distance);
    assertThat(TextFunctions.edit_distance(into, from)).isEqualTo(distance);
  }

  @Test
  void refusesTextsThatTakeTooLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextFunctions.edit_distance("a".repeat(2001), ""))
        .withMessage("texts of at most 2000 characters, got 2001 and 0");
  }

  @Test
  void rulesCallItByName() throws IOException {
    Compilation compiled =
        new RuleCompiler()
            .compile(List.of(new SourceFile("plates.assay", Files.readString(RULES))));
    assertThat(compiled.issues()).isEmpty();
    CheckedRules rules = compiled.rules().orElseThrow();
    var tests =
        new RuleTests(
            rules,
            (test, file) -> {
              throw new FileNotFoundException(file);
            });
    assertThat(rules.tests())
        .hasSize(2)
        .allSatisfy(test -> assertThat(tests.run(test)).isInstanceOf(Outcome.Passed.class));
  }
}
