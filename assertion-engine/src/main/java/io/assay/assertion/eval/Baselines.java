package io.assay.assertion.eval;

import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import io.assay.assertion.statistics.Mergeable;
import java.util.Optional;

/** What the statistics of a window are held against. */
final class Baselines {
  private static final String ALIGNED = "goes with tumbling and hopping windows";

  private final PaneShape shape;
  private final KeptBaselines kept;

  Baselines(PaneShape shape, KeptBaselines kept) {
    this.shape = shape;
    this.kept = kept;
  }

  /** Reads what stays, before windows are judged. */
  void load() {
    kept.load();
  }

  /**
   * The state that a statistic of a window is held against.
   *
   * @param began when the first event of all was
   * @throws NoValue where there is none, with the reason
   */
  Mergeable<?> of(int place, Panes panes, long start, long began, Selection wanted) {
    Baseline baseline = shape.gauges().get(place).statistic().baseline().orElseThrow();
    Optional<Mergeable<?>> found =
        switch (baseline) {
          case Baseline.Last last -> {
            AlignedPanes aligned = aligned(panes, baseline);
            long back = aligned.back(began, start);
            if (back < last.nanos()) {
              throw missing(baseline, "is not complete: events go back " + Durations.print(back));
            }
            if (!aligned.keeps(start, last.nanos())) {
              throw missing(baseline, "is more than is kept: there are too many segments");
            }
            yield aligned.before(place, start, last.nanos(), wanted);
          }
          case Baseline.Version ignored ->
              aligned(panes, baseline).versions().of(place, start, wanted);
          case Baseline.File ignored -> kept(place, baseline, wanted);
          case Baseline.Pinned ignored -> kept(place, baseline, wanted);
        };
    return found.orElseThrow(() -> missing(baseline, "has no events of the segment"));
  }

  private Optional<Mergeable<?>> kept(int place, Baseline baseline, Selection wanted) {
    if (!kept.isThere(baseline)) {
      throw missing(baseline, "is not at hand here: files are read in tests and backtests");
    }
    return kept.of(place, baseline, wanted);
  }

  private static AlignedPanes aligned(Panes panes, Baseline baseline) {
    return switch (panes) {
      case AlignedPanes aligned -> aligned;
      case SessionPanes ignored -> throw missing(baseline, ALIGNED);
      case TrailingPanes ignored -> throw missing(baseline, ALIGNED);
    };
  }

  private static NoValue missing(Baseline baseline, String why) {
    return NoValue.missing(WindowNames.text(baseline) + " " + why);
  }
}
