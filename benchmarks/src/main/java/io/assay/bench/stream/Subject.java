package io.assay.bench.stream;

/** What is measured: a program that reads one topic, started when this is made. */
interface Subject extends AutoCloseable {
  /** Events read and done with since the start. */
  long processed();

  /** Where it writes; for the judge, violations. */
  String output();

  @Override
  void close();
}
