package io.assay.web.labels;

import java.io.IOException;
import java.util.List;

/**
 * The samples of an export: read anew each time, the same ones in the same order, a few at a time.
 * There may be more than memory holds.
 */
public interface ExportSamples {
  /** Takes one after another. */
  interface Taker {
    /**
     * @throws IOException where it writes somewhere and cannot
     */
    void take(ExportSample sample) throws IOException;
  }

  /**
   * Gives all to {@code taker}.
   *
   * @throws IOException what the taker throws
   */
  void each(Taker taker) throws IOException;

  /** A few that are held. */
  static ExportSamples of(List<ExportSample> samples) {
    List<ExportSample> held = List.copyOf(samples);
    return taker -> {
      for (ExportSample sample : held) {
        taker.take(sample);
      }
    };
  }
}
