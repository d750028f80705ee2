package io.assay.web.labels;

import io.assay.assertion.weaklabel.CorrectionGate;
import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.review.ReviewCounts;
import io.assay.web.votes.VoteResults;
import java.util.Map;

/**
 * How far a proposal that nobody has looked at is to be believed. A flag by how often flags of its
 * assertion were right; before anybody has reviewed one, by the label model's estimate of that. A
 * correction likewise, by the reviews of such corrections, and through the gate: it may hurt as
 * much as it helps as long as it is not surely right. The estimate bounds it from above only, and
 * is taken while nobody has reviewed anything of the assertion; who looked at its flags and said
 * nothing of such a correction leaves it unknown. Of what nobody can tell: not at all.
 *
 * @param estimates of flags, by the label model
 */
record ProposalWorth(
    Map<String, Reviews> flags,
    Map<ReviewCounts.Kind, Reviews> corrections,
    Map<String, VoteResults.Estimated> estimates) {

  /**
   * Weighs one.
   *
   * @param correction what it does; empty where none is proposed
   */
  Weight of(String assertion, String correction) {
    Reviews ofFlags = flags.getOrDefault(assertion, Reviews.none());
    Precision before = VoteResults.precision(estimates, assertion);
    if (correction.isEmpty()) {
      Precision precision = Precision.of(ofFlags, before);
      return Weight.of(precision.share().orElse(0), precision);
    }
    Precision precision =
        Precision.of(
            corrections.getOrDefault(new ReviewCounts.Kind(assertion, correction), Reviews.none()),
            ofFlags.interval().isPresent() ? new Precision.Unknown() : before);
    return Weight.of(CorrectionGate.usual().weight(precision), precision);
  }
}
