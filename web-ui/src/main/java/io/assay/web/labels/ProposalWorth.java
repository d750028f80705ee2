package io.assay.web.labels;

import io.assay.assertion.weaklabel.CorrectionGate;
import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.review.ReviewCounts;
import java.util.Map;

/**
 * How far a proposal that nobody has looked at is to be believed. A correction by the gate: it may
 * hurt as much as it helps as long as it is not surely right. A flag alone by how often flags of
 * its assertion were right. Of what nobody has reviewed anything: not at all.
 */
record ProposalWorth(Map<String, Reviews> flags, Map<ReviewCounts.Kind, Reviews> corrections) {

  /**
   * In 0 .. 1.
   *
   * @param correction what it does; empty where none is proposed
   */
  double of(String assertion, String correction) {
    if (correction.isEmpty()) {
      return Precision.of(flags.getOrDefault(assertion, Reviews.none())).share().orElse(0);
    }
    Reviews reviews =
        corrections.getOrDefault(new ReviewCounts.Kind(assertion, correction), Reviews.none());
    return CorrectionGate.usual().weight(Precision.of(reviews));
  }
}
