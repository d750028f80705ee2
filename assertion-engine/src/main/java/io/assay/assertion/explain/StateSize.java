package io.assay.assertion.explain;

/**
 * What is kept of one key for an assertion, in bytes as stored, at most under a load.
 *
 * @param own what the assertion alone remembers
 * @param events past events that it may need as evidence; those of a stream are kept once for all
 *     its assertions
 * @param stream what the stream keeps in any case: its order, its repeated ids
 * @param segment for each segment of each open window, of all keys together; 0 without windows
 * @param bound what limits it, in words
 */
public record StateSize(long own, long events, long stream, long segment, String bound) {
  /** Of one key. */
  public long total() {
    return own + events + stream;
  }
}
