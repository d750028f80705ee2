package io.assay.web.sink;

import java.util.Optional;

/**
 * What a sink has done since it started.
 *
 * @param records read and stored
 * @param fresh violations that were new
 * @param repeated violations that were there already
 * @param skipped records that could not be stored; the table {@code sink_skipped} shows them
 * @param batches written
 * @param nanos that writing them took
 * @param trouble what is in its way at the moment
 */
public record SinkStatus(
    long records,
    long fresh,
    long repeated,
    long skipped,
    long batches,
    long nanos,
    Optional<String> trouble) {
  static final SinkStatus NONE = new SinkStatus(0, 0, 0, 0, 0, 0, Optional.empty());

  SinkStatus plus(long moreRecords, SinkTransaction.Written written, long took) {
    return new SinkStatus(
        records + moreRecords,
        fresh + written.fresh(),
        repeated + written.violations() - written.fresh(),
        skipped + written.rows().skipped().size(),
        batches + 1,
        nanos + took,
        Optional.empty());
  }

  SinkStatus withTrouble(String text) {
    return new SinkStatus(records, fresh, repeated, skipped, batches, nanos, Optional.of(text));
  }
}
