package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrivateFieldsTest {
  private static final String STREAM =
      """
      stream camera from topic "a" {
        key    vehicle  string
        time   at       timestamp(millis)
        driver          string? private
        boxes           list { label string private  score ratio  area rect }
        plates          list { text string } private
      }
      """;

  @Test
  void whatIsPrivateIsLeftOutWhereverItStands() {
    JsonNode fields =
        JsonMapper.shared()
            .readTree(
                """
                {"vehicle":"v1","driver":"Ada","unknown":1,"plates":[{"text":"B-AB 12"}],
                 "boxes":[{"label":"car","score":0.9,"area":[1,2,3,4]},{"label":"bus","score":0.8}]}
                """);
    PrivateFields.leaveOut(
        fields,
        new RuleCompiler()
            .compile(List.of(new SourceFile("a.assay", STREAM))).rules().orElseThrow().stream(
                    "camera")
                .orElseThrow()
                .root());
    assertThat(fields.toString())
        .isEqualTo(
            "{\"vehicle\":\"v1\",\"boxes\":[{\"score\":0.9,\"area\":[1,2,3,4]},{\"score\":0.8}]}");
  }
}
