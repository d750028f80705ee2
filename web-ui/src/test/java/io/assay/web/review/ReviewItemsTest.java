package io.assay.web.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.review.Verdict.CorrectionAnswer;
import io.assay.web.system.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ReviewItemsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"e-17\":{\"label\":\"van\"}}",
        "{\"label\":\"van\"}",
        "[{\"id\":\"e-17\",\"fields\":{\"label\":\"van\"}}]"
      })
  void anEditedCorrectionIsOfEvents(String edited) {
    Verdicts.Said said = said("error", "edited", edited);
    assertThat(said.correction()).hasValue(CorrectionAnswer.EDITED);
    assertThat(said.edited()).hasValue(edited);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"van\"' | a text",
        "7 | a number",
        "{} | {}",
        "[] | []",
        "'[{\"label\":\"van\"}]' | [{\"label\":\"van\"}]"
      })
  void whatNoExportCouldUseIsRefused(String edited, String told) {
    assertThatThrownBy(() -> said("error", "edited", edited))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("edited needs fields by event id")
        .hasMessageEndingWith("got " + told);
  }

  @Test
  void whereItIsUnclearNoCorrectionIsRight() {
    assertThatThrownBy(() -> said("unclear", "accepted", null))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("unclear whether there is an error");
    assertThat(said("unclear", "rejected", null).finding()).isEqualTo(Finding.UNCLEAR);
  }

  @Test
  void nobodyKnowsThatItIsUnclear() {
    assertThat(ReviewItems.known("no-error")).isEqualTo(Finding.NO_ERROR);
    assertThatThrownBy(() -> ReviewItems.known("unclear"))
        .isInstanceOf(Refused.class)
        .hasMessage("finding needs what is known, error or no-error, got 'unclear'");
  }

  private static Verdicts.Said said(String finding, String correction, @Nullable String edited) {
    return ReviewItems.said(
        new ReviewItems.Given(
            finding,
            correction,
            edited == null ? null : JsonMapper.shared().readTree(edited),
            "because",
            null,
            null),
        false);
  }
}
