package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every code has a page, whose examples are what they say. Run with {@code -Dassay.golden=write} to
 * write {@code docs/language/messages} anew.
 */
class IssuePageTest {
  private static final Path PAGES =
      Path.of(System.getProperty("assay.root", ".."), "docs", "language", "messages");

  @ParameterizedTest
  @EnumSource
  void wrongExampleGivesItsCodeAlone(IssueCode code) {
    assertThat(IssuePage.of(code).wrongIssues()).extracting(Issue::code).containsExactly(code);
  }

  @ParameterizedTest
  @EnumSource
  void mendedExampleHasNothingWrong(IssueCode code) {
    assertThat(IssuePage.of(code).mendedIssues()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void pageStandsInTheReference(IssueCode code) throws IOException {
    Path page = PAGES.resolve(code.code() + ".md");
    String text = IssuePage.of(code).text();
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.createDirectories(PAGES);
      Files.writeString(page, text);
    }
    assertThat(page).exists();
    assertThat(Files.readString(page)).isEqualTo(text);
  }

  @Test
  void noPageIsLeftOver() throws IOException {
    List<String> known = Arrays.stream(IssueCode.values()).map(c -> c.code() + ".md").toList();
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }
}
