package io.assay.stream.contract;

/** How far a release of embeddings is; in the order in which a release goes through. */
public enum ReleaseStatus {
  /** Rows come. */
  OPEN,
  /** Rows that come now are late; its tasks tell what they have compared. */
  CLOSING,
  /** What they told is not exact enough: they compare once more by the precise way. */
  PRECISE,
  /** It is known how the space was turned; its tasks tell which items moved most. */
  TURNING,
  /** It is known which items moved most; its tasks tell what is near them, then and now. */
  NEIGHBOURS,
  /** Closed, and what the next is held against unless a later one is accepted. */
  ACCEPTED,
  /** Closed, and passed over until a person accepts it or a later one closes. */
  REJECTED,
  /** Never closed: too many came after it, or its vectors had another length. */
  ABANDONED,
  /** Closed before, and held against nothing any more: its vectors are deleted. */
  RETIRED;

  /** Whether it is closed, and its vectors are there. */
  public boolean isClosed() {
    return this == ACCEPTED || this == REJECTED;
  }

  /** Whether it is closed and being judged. */
  public boolean isMeasured() {
    return this == CLOSING || this == PRECISE || this == TURNING || this == NEIGHBOURS;
  }

  /** Whether its vectors are deleted. */
  public boolean isGone() {
    return this == ABANDONED || this == RETIRED;
  }
}
