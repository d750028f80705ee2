package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context.Measure;
import io.assay.assertion.rule.ir.Context.Measured;
import io.assay.assertion.rule.ir.Context.Releases;
import io.assay.assertion.rule.ir.Embeddings;
import org.junit.jupiter.api.Test;

class ReleaseCheckerTest {
  private static final CheckedText APPLICANTS =
      new CheckedText(
          """
          embeddings applicants from topic "e" {
            item applicant string
            version release string
            vector 256
          }
          """,
          "applicants");
  private static final String COMPARE = "compare release with previous ";

  @Test
  void measuresAreLocalsAndOnlyThoseInUse() {
    CheckedAssertion steady =
        APPLICANTS.assertion(
            COMPARE
                + "at least 95% of items expect eis <= 0.15 expect neighbours(5) >= 0.6 "
                + "explain \"{overlap} {neighbours(10)} {size(moved)}\" alert when breached");
    Releases releases = steady.context().releases().orElseThrow();
    assertThat(releases.leastShared()).isEqualTo(0.95);
    assertThat(releases.pinned()).isEmpty();
    assertThat(releases.measures())
        .extracting(Measured::measure)
        .containsExactlyInAnyOrder(
            new Measure.Eis(),
            new Measure.Neighbours(5),
            new Measure.Neighbours(10),
            new Measure.Overlap(),
            new Measure.Moved());
  }

  @Test
  void embeddingsAreDeclaredAsWhatIsComparedAndByWhat() {
    CheckedRules rules = APPLICANTS.rules("compare release with \"2026-06\" expect pip < 3.0");
    Embeddings embeddings = rules.declared().embeddings().getFirst();
    assertThat(embeddings.item().name()).isEqualTo("applicant");
    assertThat(embeddings.version().name()).isEqualTo("release");
    assertThat(rules.streams()).isEmpty();
    assertThat(rules.assertion("a").orElseThrow().context().releases().orElseThrow().pinned())
        .contains("2026-06");
  }

  @Test
  void whatDoesNotGoWithReleasesIsSaidOnce() {
    assertThat(APPLICANTS.message("expect eis < 0.1")).contains("release against release");
    assertThat(APPLICANTS.message("compare relase with previous expect eis < 0.1"))
        .contains("told apart by 'release'");
    assertThat(APPLICANTS.message("compare release by applicant expect eis < 0.1"))
        .contains("not by an input");
    assertThat(APPLICANTS.message(COMPARE + "expect eiss < 0.1")).contains("unknown name 'eiss'");
    assertThat(APPLICANTS.message(COMPARE + "expect applicant == \"x\""))
        .contains("looks at one item");
    assertThat(APPLICANTS.message(COMPARE + "expect neighbours(0) > 0.5"))
        .contains("needs 1 or more");
    assertThat(APPLICANTS.message(COMPARE + "window tumbling 1h expect eis < 0.1"))
        .contains("release by release");
    assertThat(APPLICANTS.message(COMPARE + "at least 95% of events expect eis < 0.1"))
        .contains("expected items");
  }

  @Test
  void embeddingsNeedItemVersionAndVector() {
    var broken =
        new CheckedText(
            "embeddings applicants from topic \"e\" { item applicant string }", "applicants");
    assertThat(broken.message(COMPARE + "expect eis < 0.1"))
        .contains("have no version and no vector");
  }

  @Test
  void aChangeOfTheMeasureChangesTheHash() {
    String hash = APPLICANTS.assertion(COMPARE + "expect neighbours(5) > 0.5").judgementHash();
    assertThat(APPLICANTS.assertion(COMPARE + "expect neighbours(6) > 0.5").judgementHash())
        .isNotEqualTo(hash);
    assertThat(
            APPLICANTS
                .assertion("compare release with \"x\" expect neighbours(5) > 0.5")
                .judgementHash())
        .isNotEqualTo(hash);
  }
}
