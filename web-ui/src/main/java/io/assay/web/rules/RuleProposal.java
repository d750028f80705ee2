package io.assay.web.rules;

import io.assay.stream.contract.RuleContent;
import io.assay.web.system.Moment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rules that one person wants in force, and for which a second one must stand too.
 *
 * @param base the generation that they follow, 0 for none
 * @param content all rules of the project as they would be
 * @param takesHome whether rules that are changed in files would be changed in the web from then on
 * @param assertions the critical ones that need the second person
 * @param note what the author says of it; may be empty
 */
record RuleProposal(
    long id,
    String project,
    long base,
    RuleContent content,
    boolean takesHome,
    String author,
    Moment at,
    String note,
    List<String> assertions,
    State state,
    Optional<Decision> decision) {
  RuleProposal {
    assertions = List.copyOf(assertions);
  }

  enum State {
    WAITING,
    APPROVED,
    DECLINED,
    WITHDRAWN
  }

  /**
   * What became of it.
   *
   * @param reason why it was declined; else empty
   * @param generation what came of it, where it was approved
   */
  record Decision(String by, Moment at, String reason, OptionalLong generation) {}

  boolean isWaiting() {
    return state == State.WAITING;
  }
}
