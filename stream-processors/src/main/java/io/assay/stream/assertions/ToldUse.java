package io.assay.stream.assertions;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** What a task tells of its rules: their generation, and which assertions do not judge. */
final class ToldUse {
  private final String project;
  private final ProcessorContext<?, ?> context;
  private final Collection<Figures> figures;

  /** Null before anything was told: a new start may have mended what was told before. */
  private @Nullable Troubles told;

  ToldUse(String project, ProcessorContext<?, ?> context, Collection<Figures> figures) {
    this.project = project;
    this.context = context;
    this.figures = List.copyOf(figures);
  }

  void tell(JudgeTask now, long timestamp) {
    tell(now, Troubles.of(figures), timestamp);
  }

  private void tell(JudgeTask now, Troubles troubles, long timestamp) {
    told = troubles;
    long generation = now.by().generation().number();
    now.outgoing().use(Noted.use(project, context, generation, troubles), timestamp);
  }

  void tellChanges(JudgeTask now, long timestamp) {
    Troubles troubles = Troubles.of(figures);
    if (now.by().generation().number() > 0 && !troubles.equals(told)) {
      tell(now, troubles, timestamp);
    }
  }
}
