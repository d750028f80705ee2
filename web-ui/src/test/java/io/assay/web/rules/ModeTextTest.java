package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mode of one assertion changes, and no byte beside it. */
class ModeTextTest {
  private static String changed(String text, String assertion, Mode mode) {
    var other = new SourceFile("other.assay", "assertion x on y { mode draft }");
    var content =
        new RuleContent(List.of(other, new SourceFile("a.assay", text)), Map.of("T", "4"));
    RuleContent now = ModeText.changed(content, assertion, mode).orElseThrow();
    assertThat(RuleDraft.file(now, "other.assay")).contains(other);
    assertThat(now.parameters()).isEqualTo(content.parameters());
    return RuleDraft.file(now, "a.assay").orElseThrow().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        # mode active
        assertion few on camera {
        \tmode    draft # mode active
          expect seen < 3
        }
        """,
        """
        assertion other on camera { mode draft }\r
        assertion few on camera {\r
          explain "mode active {"\r
          mode draft\r
        }\r
        """,
        "assertion few on camera { expect a.mode == 1 /* mode active */ mode\n draft }",
        "assertion few on camera { expect rows.exists(r, r == {'a': 1}) mode draft }"
      })
  void onlyItsWordChanges(String text) {
    String now = changed(text, "few", Mode.SHADOW);
    int place = text.lastIndexOf("draft");
    assertThat(now)
        .isEqualTo(text.substring(0, place) + "shadow" + text.substring(place + "draft".length()));
    assertThat(changed(now, "few", Mode.DRAFT)).isEqualTo(text);
  }

  @Test
  void whereNoneStandsItIsWrittenFirst() {
    assertThat(changed("assertion few on camera {\n  expect seen < 3\n}\n", "few", Mode.ACTIVE))
        .isEqualTo("assertion few on camera {\n  mode active\n  expect seen < 3\n}\n");
    assertThat(changed("assertion few on camera { expect seen < 3 }", "few", Mode.ACTIVE))
        .isEqualTo("assertion few on camera { mode active expect seen < 3 }");
  }

  @Test
  void whatIsNotThereIsNotChanged() {
    var content = new RuleContent(List.of(new SourceFile("a.assay", "")), Map.of());
    assertThat(ModeText.changed(content, "few", Mode.ACTIVE)).isEmpty();
  }
}
