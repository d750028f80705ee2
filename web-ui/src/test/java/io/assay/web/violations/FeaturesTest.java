package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FeaturesTest {
  @Test
  void whatWasFilledInIsMarkedAndSaysHowSureItIs() {
    String record =
        """
        {"events": [{"id": "e1", "at": 5, "role": "at", "fields": {
          "applicant": "a1", "features": {"income": null, "age": 41, "region": "south"},
          "imputed": {"income": {"value": 3200.0, "confidence": 0.83},
            "tenure": {"value": 4, "confidence": 0.5}},
          "boxes": [{"x": 1}]}}]}\
        """;
    var evidence = Evidence.of(JsonMapper.shared().readTree(record), true);
    assertThat(Features.of(evidence))
        .containsExactly(
            new Features.Feature("applicant", "a1", false, ""),
            new Features.Feature("features.income", "3200.0", true, "83 %"),
            new Features.Feature("features.age", "41", false, ""),
            new Features.Feature("features.region", "south", false, ""),
            new Features.Feature("tenure", "4", true, "50 %"));
  }
}
