package io.assay.cli;

import io.assay.assertion.Violation;
import io.assay.assertion.scenario.Backtest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps of a backtest's violations what its output needs, and reports bad lines at once. */
final class BacktestOutcome implements Backtest.Listener {
  private static final int SHOWN_UNREADABLE = 10;

  private final int kept;
  private final PrintWriter err;
  private final ProgressBar bar;
  private final EventFiles files;
  private final Map<String, List<Item>> items = new HashMap<>();
  private long unreadable;

  /** A violation without its evidence: a backtest may have a million of them. */
  record Item(
      String id,
      String key,
      long from,
      long to,
      long at,
      String subject,
      String label,
      double severity,
      String sentence) {}

  /**
   * @param kept how many violations of each assertion to keep
   */
  BacktestOutcome(int kept, PrintWriter err, ProgressBar bar, EventFiles files) {
    this.kept = kept;
    this.err = err;
    this.bar = bar;
    this.files = files;
  }

  @Override
  public void violation(Violation v) {
    List<Item> own = items.computeIfAbsent(v.assertion(), name -> new ArrayList<>());
    if (own.size() < kept) {
      // whoever has the file may read its private fields: the marks around them go
      String sentence = v.sentence().replace("\u2063", "");
      own.add(
          new Item(
              v.id(),
              v.key(),
              v.from(),
              v.to(),
              v.at(),
              v.subject(),
              v.label(),
              v.severity(),
              sentence));
    }
  }

  @Override
  public void unreadable(String recording, long line, String cause, String detail) {
    if (++unreadable <= SHOWN_UNREADABLE) {
      bar.close();
      err.println("%s:%d: %s: %s".formatted(recording, line, cause, detail));
    }
  }

  @Override
  public void progress(long events) {
    bar.show(files.progress(), events, System.nanoTime());
  }

  /** The violations kept of an assertion, in the order in which they were found. */
  List<Item> items(String assertion) {
    return items.getOrDefault(assertion, List.of());
  }
}
