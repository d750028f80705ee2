package io.assay.bench.web;

/** What one request has cost on the server, so far. */
final class Metered {
  /** Of the request that this thread answers; null between requests, and on other threads. */
  static final ThreadLocal<Metered> CURRENT = new ThreadLocal<>();

  int statements;
  long sqlNanos;
  long nanos;
  long cpuNanos;

  void statement(long took) {
    statements++;
    sqlNanos += took;
  }
}
