package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import io.assay.assertion.statistics.Mergeable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was counted of the events that stay, for each segment; read once, when first asked for. */
final class KeptBaselines {
  private final WindowRule rule;
  private final KeptEvents events;
  private final Map<Baseline, Optional<Map<Segment, @Nullable Mergeable<?>[]>>> all =
      new HashMap<>();

  KeptBaselines(WindowRule rule, KeptEvents events) {
    this.rule = rule;
    this.events = events;
  }

  /** Reads all that the rule names; the variables of a unit are not to be relied on afterwards. */
  void load() {
    for (Gauge<?> gauge : rule.shape.gauges()) {
      gauge
          .statistic()
          .baseline()
          .ifPresent(
              baseline ->
                  file(baseline)
                      .filter(name -> !all.containsKey(baseline))
                      .ifPresent(name -> all.put(baseline, load(baseline, name))));
    }
  }

  /** Where its events are kept; empty for one that looks at the stream itself. */
  private static Optional<String> file(Baseline baseline) {
    return switch (baseline) {
      case Baseline.Last ignored -> Optional.empty();
      case Baseline.Version ignored -> Optional.empty();
      case Baseline.Pinned pinned -> Optional.of(pinned.file());
      case Baseline.File file -> Optional.of(file.path());
    };
  }

  private Optional<Map<Segment, @Nullable Mergeable<?>[]>> load(Baseline baseline, String file) {
    Map<Segment, @Nullable Mergeable<?>[]> states = new HashMap<>();
    boolean there =
        events.give(
            rule.assertion(),
            file,
            event ->
                rule.units(
                    event,
                    tally -> {},
                    segment -> {
                      add(states.computeIfAbsent(segment, s -> rule.shape.none()), baseline);
                      Panes.needFew(states);
                    }));
    return there ? Optional.of(states) : Optional.empty();
  }

  private void add(@Nullable Mergeable<?>[] states, Baseline baseline) {
    for (int i = 0; i < states.length; i++) {
      Windowing.Statistic statistic = rule.shape.gauges().get(i).statistic();
      if (statistic.baseline().filter(baseline::equals).isPresent()) {
        rule.shape.addTo(states, i, rule.scope.frame);
      }
    }
  }

  /** Whether its events are to be had. */
  boolean isThere(Baseline baseline) {
    return all.getOrDefault(baseline, Optional.empty()).isPresent();
  }

  /** The state of a statistic; empty where the segment has no events. */
  Optional<Mergeable<?>> of(int place, Baseline baseline, Selection wanted) {
    return all.getOrDefault(baseline, Optional.empty())
        .flatMap(states -> rule.shape.sum(place, wanted.of(states).map(state -> state[place])));
  }
}
