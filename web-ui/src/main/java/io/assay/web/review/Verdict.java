package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import java.time.Instant;
import java.util.Optional;

/**
 * What a reviewer said of an item, once. Later ones of the same reviewer take its place; none is
 * ever deleted.
 *
 * @param id in the order in which they were given
 * @param correction what became of the proposed one; empty where nothing was said of it
 * @param edited the events as they should have been, as JSON, where it was edited
 * @param reason for a rejection, or a note
 * @param scope what was looked at: empty the subject alone, else classes or fields, as written
 * @param knownUntil the model version before which this need not be seen again
 * @param settles whether it decides what reviewers disagree about
 * @param undone when it was taken back
 */
record Verdict(
    long id,
    String item,
    String reviewer,
    Instant at,
    Finding finding,
    Optional<CorrectionAnswer> correction,
    Optional<String> edited,
    String reason,
    String scope,
    Optional<String> knownUntil,
    boolean settles,
    Optional<Instant> undone) {

  /** Of a proposed correction. */
  enum CorrectionAnswer {
    /** It is what the output should have been. */
    ACCEPTED,
    /** Nearly: the verdict has what it should have been. */
    EDITED,
    /** It is not, and the reason says why. */
    REJECTED
  }
}
