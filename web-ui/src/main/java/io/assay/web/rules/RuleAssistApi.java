package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What an editor asks while a rule file is written. The text is the author's own: nothing is kept
 * and nothing changes.
 */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/rules",
    consumes = MediaType.APPLICATION_JSON_VALUE)
class RuleAssistApi {
  private final RuleAssist assist;
  private final RulePublishing publishing;

  RuleAssistApi(RuleAssist assist, RulePublishing publishing) {
    this.assist = assist;
    this.publishing = publishing;
  }

  /** What {@code assay check} says of the file beside the others in force. */
  @PostMapping("/check")
  RuleAssistItems.Checked check(
      @PathVariable String project,
      @RequestBody RuleAssistItems.Asked asked,
      @AuthenticationPrincipal SignedIn person) {
    try {
      return assist.check(project, asked.draft(), person);
    } catch (KafkaException failure) {
      throw unanswered(failure);
    }
  }

  /** What {@code assay fmt} makes of the file. */
  @PostMapping("/format")
  RuleAssistItems.Laid format(
      @PathVariable String project, @RequestBody RuleAssistItems.Asked asked) {
    return assist.format(asked.draft());
  }

  /** What may be written where the caret is. */
  @PostMapping("/complete")
  RuleAssistItems.Proposed complete(
      @PathVariable String project, @RequestBody RuleAssistItems.Asked asked) {
    return assist.complete(project, asked.draft(), asked.place());
  }

  /** What the word where the caret is means. */
  @PostMapping("/explain")
  RuleAssistItems.Meaning explain(
      @PathVariable String project, @RequestBody RuleAssistItems.Asked asked) {
    return assist.explain(project, asked.draft(), asked.place());
  }

  /** What {@code assay test} says of the file's tests. */
  @PostMapping("/test")
  RuleAssistItems.Tested test(
      @PathVariable String project,
      @RequestBody RuleAssistItems.Asked asked,
      @AuthenticationPrincipal SignedIn person) {
    try {
      return assist.test(project, asked.draft(), person);
    } catch (KafkaException failure) {
      throw unanswered(failure);
    }
  }

  /** How the file differs from what is in force, for where the rules are at home. */
  @PostMapping("/patch")
  RuleAssistItems.Patch patch(
      @PathVariable String project, @RequestBody RuleAssistItems.Asked asked) {
    return assist.patch(project, asked.draft());
  }

  private ResponseStatusException unanswered(KafkaException failure) {
    return new ResponseStatusException(
        HttpStatus.SERVICE_UNAVAILABLE, publishing.told(failure), failure);
  }
}
