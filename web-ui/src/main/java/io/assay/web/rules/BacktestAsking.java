package io.assay.web.rules;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.backtests.BacktestAsked;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/** Asks for a backtest of a draft, beside the rules in force. */
@Service
class BacktestAsking {
  private final Backtests backtests;
  private final RuleAssist assist;
  private final RulePublishing publishing;
  private final ActiveRules active;

  BacktestAsking(
      Backtests backtests, RuleAssist assist, RulePublishing publishing, ActiveRules active) {
    this.backtests = backtests;
    this.assist = assist;
    this.publishing = publishing;
    this.active = active;
  }

  /**
   * Returns its id.
   *
   * @throws IllegalArgumentException if the rules have mistakes
   * @throws IllegalStateException if none can be begun now
   */
  String begin(String project, RuleDraft draft, PastRange range, SignedIn person) {
    return begin(project, draft.file(), assist.content(project, draft), range, person);
  }

  /** The same once more, beside what is in force now. */
  String again(String project, String id, SignedIn person) {
    BacktestRow before = row(backtests, project, id);
    RuleContent content = backtests.draft(project, id).orElseThrow(() -> missing(id));
    return begin(
        project, before.file(), content, new PastRange(before.from(), before.to()), person);
  }

  private String begin(
      String project, String file, RuleContent content, PastRange range, SignedIn person) {
    Compilation compiled;
    try {
      compiled = publishing.compiled(project, content, person);
    } catch (KafkaException failure) {
      throw new IllegalStateException(publishing.told(failure), failure);
    }
    if (compiled.rules().isEmpty()) {
      throw new IllegalArgumentException(
          "the rules have mistakes, and nothing was judged:\n"
              + new IssueRenderer(content.files()).render(compiled.issues()));
    }
    Optional<RuleGeneration> now = active.generation(project);
    return backtests.begin(
        new BacktestAsked(
            project,
            file,
            content,
            now.map(one -> one.set().content()),
            now.map(RuleGeneration::number).orElse(0L),
            range.from(),
            range.to(),
            person.name()));
  }

  /**
   * @throws ResponseStatusException if there is none
   */
  static BacktestRow row(Backtests backtests, String project, String id) {
    return backtests
        .one(project, id)
        .filter(one -> one.sweep() == null)
        .orElseThrow(() -> missing(id));
  }

  private static ResponseStatusException missing(String id) {
    return new ResponseStatusException(
        HttpStatus.NOT_FOUND,
        "there is no backtest '%s': a project keeps its last %d".formatted(id, Backtests.KEPT));
  }
}
