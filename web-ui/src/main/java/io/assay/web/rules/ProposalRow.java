package io.assay.web.rules;

import io.assay.web.system.Moment;
import java.util.List;

/**
 * A proposal as the page of rules shows it.
 *
 * @param mine whether who looks has written it
 * @param stale whether other rules are in force by now than those that it follows
 * @param by who decided it; empty while it waits
 * @param reason why it was declined
 * @param generation what came of it; 0 where nothing did
 */
record ProposalRow(
    long id,
    String author,
    Moment at,
    String note,
    List<String> assertions,
    String state,
    long base,
    boolean mine,
    boolean stale,
    RuleChange change,
    String by,
    String reason,
    long generation) {

  /**
   * @param change against the rules that it follows
   */
  static ProposalRow of(RuleProposal one, String reader, long inForce, RuleChange change) {
    return new ProposalRow(
        one.id(),
        one.author(),
        one.at(),
        one.note(),
        one.assertions(),
        one.state().name(),
        one.base(),
        one.author().equals(reader),
        one.base() != inForce,
        change,
        one.decision().map(RuleProposal.Decision::by).orElse(""),
        one.decision().map(RuleProposal.Decision::reason).orElse(""),
        one.decision().map(decision -> decision.generation().orElse(0)).orElse(0L));
  }
}
