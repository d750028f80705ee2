package io.assay.assertion.scenario;

import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.List;

/**
 * Plays rows of embeddings in the order in which they stand; times bound nothing, for releases have
 * none. Markers close releases, and are no events.
 */
final class ReleaseRows {
  private final Embeddings embeddings;
  private final Releases releases;
  private final Backtest.Listener listener;
  private final long before;
  private long taken;
  private long unreadable;

  /**
   * @param before how many events were played by now, for whoever hears of the progress
   */
  ReleaseRows(Embeddings embeddings, Releases releases, Backtest.Listener listener, long before) {
    this.embeddings = embeddings;
    this.releases = releases;
    this.listener = listener;
    this.before = before;
  }

  /** Those of the embeddings; then no more come. */
  void play(List<Recording> recordings, Verdicts out) {
    var reader = new ReleaseRow.Reader(embeddings);
    for (Recording recording : recordings) {
      if (recording.stream().name().equals(embeddings.name())) {
        play(recording.payloads(), reader, out);
      }
    }
    releases.finish(out);
  }

  private void play(Payloads payloads, ReleaseRow.Reader reader, Verdicts out) {
    for (Payload next = payloads.next(); next != null; next = payloads.next()) {
      switch (reader.read(next.bytes())) {
        case ReleaseRow.Item item -> {
          releases.take(item, out);
          taken++;
          if ((before + taken) % Backtest.BETWEEN_PROGRESS == 0) {
            listener.progress(before + taken);
          }
        }
        case ReleaseRow.Closed closed -> releases.take(closed, out);
        case ReleaseRow.Broken(var detail) -> {
          unreadable++;
          listener.unreadable(payloads.place(next.source()), "broken-row", detail);
        }
      }
    }
  }

  /** Rows that could be read. */
  long taken() {
    return taken;
  }

  long unreadable() {
    return unreadable;
  }
}
