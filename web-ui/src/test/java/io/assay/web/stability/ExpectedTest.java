package io.assay.web.stability;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedTest {
  private static final String RULES =
      """
      language 1
      embeddings words from topic "w" { item word string  version release string  vector 4 }
      embeddings others from topic "o" { item word string  version release string  vector 4 }
      assertion steady on words {
        compare release with previous
        expect  neighbours(5) >= 0.6 && eis <= 0.2
        expect  kept: overlap >= 0.9
        expect  0.05 >= displacement
        expect  coverage >= 90% || eis < 2 * displacement
        mode    active
      }
      assertion seen on words { compare release with previous expect eis <= 0.1 mode shadow }
      assertion planned on words { compare release with previous expect eis <= 0.01 }
      assertion elsewhere on others { compare release with previous expect eis <= 0.3 mode active }
      """;

  @Test
  void linesAreThoseOfTheEmbeddingsThatJudge() {
    List<Expected> lines = Expected.of(compiled(RULES), "words");
    assertThat(lines)
        .extracting(line -> line.assertion() + " " + line.name() + ": " + line.text())
        .containsExactly(
            "steady 1: (neighbours(5) >= 0.6) && (eis <= 0.2)",
            "steady kept: overlap >= 0.9",
            "steady 3: 0.05 >= displacement",
            "steady 4: (coverage >= 0.9) || (eis < (2 * displacement))",
            "seen 1: eis <= 0.1");
    assertThat(lines)
        .extracting(Expected::isNamed)
        .containsExactly(false, true, false, false, false);
  }

  /** What no single number bounds has no limit that could be drawn. */
  @Test
  void limitsAreTheNumbersThatMeasuresAreHeldAgainst() {
    assertThat(Expected.of(compiled(RULES), "words"))
        .extracting(Expected::limits)
        .containsExactly(
            Map.of("neighbours5", List.of(0.6), "eis", List.of(0.2)),
            Map.of("overlap", List.of(0.9)),
            Map.of("displacement", List.of(0.05)),
            Map.of(),
            Map.of("eis", List.of(0.1)));
  }

  private static CheckedRules compiled(String text) {
    return new RuleCompiler()
        .compile(List.of(new SourceFile("rules.assay", text)))
        .rules()
        .orElseThrow();
  }
}
