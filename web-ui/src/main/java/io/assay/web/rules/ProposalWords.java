package io.assay.web.rules;

import io.assay.assertion.rule.IssueRenderer;
import io.assay.stream.contract.RuleSet;
import java.util.Locale;

/** What people and programs are told of a proposal that was not decided. */
final class ProposalWords {
  private ProposalWords() {}

  static String before(RuleProposal one) {
    return "proposal %d was %s%s before, and nothing was changed"
        .formatted(
            one.id(),
            one.state().name().toLowerCase(Locale.ROOT),
            one.decision().map(decision -> " by " + decision.by()).orElse(""));
  }

  static String notTheirs(RuleProposal one) {
    return "proposal %d is %s's: who wrote it may withdraw it, and somebody else approves or declines it"
        .formatted(one.id(), one.author());
  }

  static String stuck(RuleProposal one, RulePublishing.Result why) {
    return switch (why) {
      case RulePublishing.Result.Overtaken(var newest) ->
          "proposal %d follows generation %d, and %d is in force by now: its author publishes the change once more, and it is proposed anew"
              .formatted(one.id(), one.base(), newest.map(RuleSet::generation).orElse(0L));
      case RulePublishing.Result.Wrong(var issues) ->
          "proposal %d has mistakes by now, and nothing was published:\n%s"
              .formatted(one.id(), new IssueRenderer(one.content().files()).render(issues));
      case RulePublishing.Result.Elsewhere(var newest) ->
          "the rules are changed in %s, not here: proposal %d was not published"
              .formatted(newest.origin().place(), one.id());
      case RulePublishing.Result.NoBroker() ->
          "rules are published on a broker, and assay.sink.bootstrap-servers is not set";
      case RulePublishing.Result.Waiting(var other) ->
          "proposal %d waits for a second person".formatted(other.id());
      case RulePublishing.Result.Done(var set, var isNew, var warnings) ->
          "generation %d is in force".formatted(set.generation());
    };
  }
}
