package io.assay.web.review;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A verdict where somebody has just looked: on a violation's own page, whether a round has proposed
 * its episode or not.
 */
@Page
class ViolationVerdict {
  private final JdbcClient jdbc;
  private final Verdicts verdicts;

  ViolationVerdict(JdbcClient jdbc, Verdicts verdicts) {
    this.jdbc = jdbc;
    this.verdicts = verdicts;
  }

  /** {@code finding}: error, no-error or unclear. */
  @PostMapping("/p/{project}/violations/{day}/{id}/verdict")
  String give(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @RequestParam String finding,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    String episode =
        episode(project, day, id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    try {
      Verdicts.Said said =
          ReviewItems.said(new ReviewItems.Given(finding, null, null, reason, null, null), false);
      propose(project, episode);
      verdicts.give(project, episode, person.getUsername(), said);
      told.addFlashAttribute("given", finding);
    } catch (Refused refused) {
      told.addFlashAttribute("trouble", refused.detail());
    }
    return "redirect:/p/{project}/violations/{day}/{id}";
  }

  private Optional<String> episode(String project, LocalDate day, String id) {
    return jdbc.sql("SELECT episode FROM violation WHERE project = ? AND day = ? AND id = ?")
        .params(project, day, id)
        .query(String.class)
        .optional()
        .filter(episode -> !episode.isEmpty());
  }

  /** What no round has chosen is of round 0: it is in nobody's budget. */
  private void propose(String project, String episode) {
    jdbc.sql(
            """
            INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
              model_version, at, severity, arm, reason, probability, around, rank, needed)
            SELECT project, id, 0, assertion, stream, key, label, worst_day, worst_id, judgement_hash, model_version,
              opened, worst, 'person', 'looked at on its own page', 1, 5, 0, 1
            FROM (SELECT * FROM episode WHERE project = ? AND id = ? FOR SHARE) held
            ON CONFLICT (project, id) DO NOTHING\
            """)
        .params(project, episode)
        .update();
  }
}
