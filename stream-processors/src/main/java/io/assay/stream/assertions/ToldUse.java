package io.assay.stream.assertions;

import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** What a task tells of its rules: their generation, and which assertions do not judge. */
final class ToldUse {
  private final String project;
  private final ProcessorContext<?, ?> context;
  private final Supplier<Troubles> troubles;

  /** Null before anything was told: a new start may have mended what was told before. */
  private @Nullable Troubles told;

  /** {@code troubles}: those of now, whenever it is asked. */
  ToldUse(String project, ProcessorContext<?, ?> context, Supplier<Troubles> troubles) {
    this.project = project;
    this.context = context;
    this.troubles = troubles;
  }

  /** Nothing is told of rules without generations. */
  void tell(long generation, Outgoing out, long timestamp) {
    tell(generation, troubles.get(), out, timestamp);
  }

  private void tell(long generation, Troubles now, Outgoing out, long timestamp) {
    if (generation > 0) {
      told = now;
      out.use(Noted.use(project, context, generation, now), timestamp);
    }
  }

  /** Once a generation is told. */
  void tellChanges(long generation, Outgoing out, long timestamp) {
    Troubles now = troubles.get();
    if (!now.equals(told)) {
      tell(generation, now, out, timestamp);
    }
  }
}
