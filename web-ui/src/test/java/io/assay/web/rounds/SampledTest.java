package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Place;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Probabilities;
import io.assay.assertion.selection.Strategy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledTest {
  private static final String RULES =
      """
      stream camera from topic "t" {
        key     vehicle  string
        time    at       timestamp(millis)
        weather          string?
        score            ratio
        classes          list<double>
      }
      assertion sure on camera {
        mode   active
        expect score > 0.5
        sample uncertainty(entropy of classes) stratify by weather
      }
      assertion surer on camera {
        mode   active
        expect score > 0.9
        sample uncertainty(entropy) stratify by weather
      }
      assertion worst on camera { mode active expect score > 0.1 sample severest }
      assertion shadowed on camera { mode shadow expect score > 0.2 sample random }
      """;

  private static final Candidate PLAIN =
      Candidate.flagged("e1", new Place("camera", "v1", "", Instant.EPOCH), "sure", 1);

  private static Sampled sampled() {
    return Sampled.of(
        new RuleCompiler()
            .compile(List.of(new SourceFile("rules.assay", RULES)))
            .rules()
            .orElseThrow());
  }

  @Test
  void whoAskForTheSameAreChosenFromTogether() {
    Sampled sampled = sampled();

    assertThat(sampled.byWay().keySet())
        .extracting(Sampled.Way::named)
        .containsExactly("uncertainty(entropy) by camera.weather", "severest");
    assertThat(sampled.byWay().values())
        .extracting(terms -> terms.keySet().toString())
        .containsExactly("[sure, surer]", "[worst]");
    List<Plan> plans =
        sampled.byWay().entrySet().stream()
            .map(each -> Sampled.plan(each.getKey(), each.getValue(), 0, 1))
            .toList();
    assertThat(plans).extracting(Plan::stratify).containsExactly(true, false);
    assertThat(plans)
        .extracting(Plan::strategy)
        .containsExactly(
            new Strategy.Uncertain(Strategy.Measure.ENTROPY, Strategy.From.FLAGGED),
            new Strategy.Severe());
  }

  @Test
  void evidenceSaysStratumAndClasses() {
    String evidence =
        """
        {"values":[{"expression":"score > 0.5","value":false},{"expression":"camera.weather","value":"rain"},
         {"expression":"camera.classes","value":[0.7,0.2,0.1]}]}\
        """;

    Candidate known = ToldValues.of(evidence, PLAIN, sampled().told());

    assertThat(known.slice()).isEqualTo("rain");
    assertThat(known.probabilities()).isEqualTo(Probabilities.of(0.7, 0.2, 0.1));
  }

  @Test
  void privateClassesAreReadWithinTheirMarks() {
    String evidence =
        "{\"values\":[{\"expression\":\"camera.classes\",\"value\":\"\u2063[0.5,0.5]\u2063\"}]}";

    assertThat(ToldValues.of(evidence, PLAIN, sampled().told()).probabilities())
        .isEqualTo(Probabilities.of(0.5, 0.5));
  }

  @Test
  void whatIsNoValueLeavesTheCandidateAsItIs() {
    for (String values :
        List.of(
            "[]",
            "[{\"expression\":\"camera.weather\",\"value\":null},{\"expression\":\"camera.classes\",\"value\":[0.9,0.9]}]",
            "[{\"expression\":\"camera.classes\",\"value\":\"half\"}]")) {
      String evidence = "{\"values\":" + values + "}";
      assertThat(ToldValues.of(evidence, PLAIN, sampled().told())).isEqualTo(PLAIN);
    }
    assertThat(ToldValues.of(null, PLAIN, sampled().told())).isEqualTo(PLAIN);
  }
}
