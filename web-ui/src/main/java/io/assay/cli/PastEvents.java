package io.assay.cli;

import io.assay.assertion.scenario.Recording;
import java.util.List;

/** Where a backtest finds its events: files, topics, or the archive. */
interface PastEvents extends AutoCloseable {
  List<Recording> recordings();

  /** The share that has been read, in 0 .. 1; negative where nobody knows. */
  double progress();

  @Override
  void close();
}
