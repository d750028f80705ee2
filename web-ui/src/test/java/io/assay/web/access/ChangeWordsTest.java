package io.assay.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class ChangeWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          member.added     | VIEWER                            | viewer
          member.role      | VIEWER to ADMINISTRATOR           | viewer to administrator
          label.given      | NO_ERROR, correction EDITED       | no error, correction edited
          label.gold       | no longer known                   | no longer known
          rules.published  | GIT /srv/RULES.git ERROR          | Git /srv/RULES.git ERROR
          rules.published  | WEB                               | web
          member.role      | STRANGER to VIEWER                | STRANGER to viewer
          project.renamed  | before: ERROR                     | before: ERROR
          """)
  void codesAreToldInWordsAndWhatPeopleWroteIsNot(String action, String detail, String told) {
    var texts = new ResourceBundleMessageSource();
    texts.setBasename("messages");
    texts.setAlwaysUseMessageFormat(true);
    texts.setFallbackToSystemLocale(false);
    assertThat(new ChangeWords(texts).detail(action, detail)).isEqualTo(told);
  }
}
