package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManyMistakesTest {
  @Test
  void aFileThatIsNoRuleFileIsNotToldLineByLine() {
    var source = new SourceFile("log.assay", "levle: warning here\n".repeat(5_000));

    List<Issue> issues = new RuleCompiler().compile(List.of(source)).issues();

    assertThat(issues).hasSizeLessThanOrEqualTo(1001);
  }

  @Test
  void theFirstThousandAreToldAndThatThereAreMore() {
    var source =
        new SourceFile(
            "rules.assay", "assertion a on camera {\n" + "  levle warning\n".repeat(5_000) + "}\n");

    List<Issue> issues = new RuleCompiler().compile(List.of(source)).issues();

    assertThat(issues)
        .filteredOn(issue -> issue.message().startsWith("an assertion has no clause 'levle'"))
        .hasSize(1000);
    assertThat(issues)
        .extracting(Issue::message)
        .contains("this file has more mistakes; its first 1000 are told");
  }
}
