package io.assay.web.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Proposals as programs get them. */
final class RuleProposalItems {
  private RuleProposalItems() {}

  /**
   * One proposal.
   *
   * @param follows the generation that it would take the place of
   * @param generation what came of it, where it was approved
   */
  record Item(
      long id,
      RuleProposal.State state,
      long follows,
      String author,
      Instant at,
      String note,
      List<String> assertions,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Nullable String reason,
      @Nullable Long generation) {

    static Item of(RuleProposal one) {
      Optional<RuleProposal.Decision> decision = one.decision();
      OptionalLong came =
          decision.map(RuleProposal.Decision::generation).orElseGet(OptionalLong::empty);
      return new Item(
          one.id(),
          one.state(),
          one.base(),
          one.author(),
          one.at().instant(),
          one.note(),
          one.assertions(),
          decision.map(RuleProposal.Decision::by).orElse(null),
          decision.map(made -> made.at().instant()).orElse(null),
          decision.map(RuleProposal.Decision::reason).filter(why -> !why.isEmpty()).orElse(null),
          came.isPresent() ? (Long) came.getAsLong() : null);
    }
  }

  /** One with the rules as they would be, and how these differ from those that it follows. */
  record Whole(
      Item proposal,
      List<RuleItems.FileItem> files,
      Map<String, String> parameters,
      List<RuleItems.FileChange> change) {
    static Whole of(RuleProposal one, RuleChange change) {
      return new Whole(
          Item.of(one),
          one.content().files().stream().map(RuleItems.FileItem::of).toList(),
          one.content().parameters(),
          RuleItems.FileChange.of(change));
    }
  }

  /** Why it is declined. */
  record Declined(@Nullable String reason) {}
}
