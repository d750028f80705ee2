package io.assay.bench.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebReportTest {
  /** With real servers: all is filled, and every page answers. */
  @Test
  void aSmallDatabaseIsFilledAndEveryPageAskedFor() {
    List<String> over = new ArrayList<>();
    List<PageFigures> pages =
        WebReport.measure(
            WebOptions.of(
                List.of(
                    "--violations", "2000",
                    "--episodes", "200",
                    "--assertions", "8",
                    "--days", "2",
                    "--rounds", "1",
                    "--limit", "0.001")),
            over);
    assertThat(pages).hasSizeGreaterThan(50).allMatch(page -> page.asked() == 1);
    assertThat(pages).allMatch(page -> page.statements() > 0);
    assertThat(pages.stream().map(PageFigures::name).filter(it -> !it.startsWith("file: ")))
        .as("nothing answers within a microsecond")
        .containsExactlyElementsOf(over);
    assertThat(pages.stream().map(PageFigures::name))
        .contains("overview, 30d", "violation", "violations, later", "review, rounds");
  }

  @Test
  void whatIsAskedForIsChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebOptions.of(List.of("--violation", "7")))
        .withMessageContaining("got '--violation'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebOptions.of(List.of("--days", "1")))
        .withMessage("--days needs 2 to 400, got 1");
  }
}
