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

  Baselines(PaneShape shape) {
    this.shape = shape;
  }

  /**
   * The state that a statistic of a window is held against.
   *
   * @param began when the first event of all was
   * @throws NoValue where there is none, with the reason
   */
  Mergeable<?> of(int place, Panes panes, long start, long began, Selection wanted) {
    Baseline baseline = shape.gauges().get(place).statistic().baseline().orElseThrow();
    AlignedPanes aligned = aligned(panes, baseline);
    Optional<Mergeable<?>> found =
        switch (baseline) {
          case Baseline.Last last -> {
            if (!aligned.reaches(began, start, last.nanos())) {
              String back = Durations.print(Math.max(0, start - began));
              throw missing(baseline, "is not complete: events go back " + back);
            }
            yield aligned.before(place, start, last.nanos(), wanted);
          }
          case Baseline.Version ignored -> aligned.ofVersion(place, start, wanted);
          case Baseline.File ignored -> throw missing(baseline, "is not read yet");
          case Baseline.Pinned ignored -> throw missing(baseline, "is not pinned");
        };
    return found.orElseThrow(() -> missing(baseline, "has no events of the segment"));
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
