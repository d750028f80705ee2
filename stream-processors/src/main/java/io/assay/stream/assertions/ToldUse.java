package io.assay.stream.assertions;

import io.assay.stream.contract.RuleUse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** What a task tells of its rules: their generation, which do not judge, and what judging costs. */
final class ToldUse {
  /** One small record of a task: often enough for people who look. */
  static final Duration COSTS_EVERY = Duration.ofSeconds(30);

  private final String project;
  private final ProcessorContext<?, ?> context;
  private final Supplier<Troubles> troubles;
  private final Supplier<Map<String, RuleUse.Cost>> costs;

  /** Null before anything was told: a new start may have mended what was told before. */
  private @Nullable Troubles told;

  private Map<String, RuleUse.Cost> toldCosts = Map.of();
  private long toldMillis;

  /** Of a task where nothing is measured; {@code troubles}: those of now, whenever it is asked. */
  ToldUse(String project, ProcessorContext<?, ?> context, Supplier<Troubles> troubles) {
    this(project, context, troubles, Map::of);
  }

  /** {@code costs}: likewise what was measured. */
  ToldUse(
      String project,
      ProcessorContext<?, ?> context,
      Supplier<Troubles> troubles,
      Supplier<Map<String, RuleUse.Cost>> costs) {
    this.project = project;
    this.context = context;
    this.troubles = troubles;
    this.costs = costs;
  }

  /** Nothing is told of rules without generations. */
  void tell(long generation, Outgoing out, long timestamp) {
    tell(generation, troubles.get(), out, timestamp);
  }

  private void tell(long generation, Troubles now, Outgoing out, long timestamp) {
    if (generation > 0) {
      told = now;
      toldCosts = costs.get();
      toldMillis = context.currentSystemTimeMs();
      out.use(Noted.use(project, context, generation, now, toldCosts), timestamp);
    }
  }

  /** Once a generation is told. */
  void tellChanges(long generation, Outgoing out, long timestamp) {
    Troubles now = troubles.get();
    if (!now.equals(told) || costsAreDue()) {
      tell(generation, now, out, timestamp);
    }
  }

  private boolean costsAreDue() {
    return context.currentSystemTimeMs() - toldMillis >= COSTS_EVERY.toMillis()
        && !costs.get().equals(toldCosts);
  }
}
