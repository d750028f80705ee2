package io.assay.stream.assertions;

/**
 * All records that a source partition had received by a time have gone on to be judged: what is
 * behind this in the judge's partition came later.
 *
 * @param stream whose source
 * @param received nanoseconds since the epoch
 * @param newest event time of the newest event among them, nanoseconds; the least there is where
 *     that is not known
 */
record TimePassed(String stream, int sourcePartition, long received, long newest)
    implements Arriving {}
