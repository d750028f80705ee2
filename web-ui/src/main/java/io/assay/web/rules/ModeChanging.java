package io.assay.web.rules;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.stream.contract.RuleContent;
import io.assay.web.access.SignedIn;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Takes one assertion to shadow, makes it active, or a draft: in its text, and nothing else. */
@Service
class ModeChanging {
  private final RulePublishing publishing;

  ModeChanging(RulePublishing publishing) {
    this.publishing = publishing;
  }

  /**
   * The rules as they would be; nothing where the mode could not be found in the text.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer as needed
   */
  Optional<RuleContent> changed(
      String project, RuleContent seen, String assertion, Mode mode, SignedIn person) {
    return ModeText.changed(seen, assertion, mode)
        .filter(changed -> isSo(project, changed, assertion, mode, person));
  }

  /** Rules that have mistakes are told of as such. */
  private boolean isSo(
      String project, RuleContent content, String assertion, Mode mode, SignedIn person) {
    return publishing
        .compiled(project, content, person)
        .rules()
        .map(
            rules ->
                rules.assertion(assertion).map(CheckedAssertion::mode).equals(Optional.of(mode)))
        .orElse(true);
  }

  /** Why nothing was changed. */
  static String notFound(String assertion) {
    return "the mode of '%s' could not be found in the text: change it in the editor"
        .formatted(assertion);
  }
}
