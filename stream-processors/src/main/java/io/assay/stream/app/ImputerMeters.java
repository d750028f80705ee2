package io.assay.stream.app;

import static io.assay.stream.app.MetersByStream.Figure.count;
import static io.assay.stream.app.MetersByStream.Figure.gauge;

import io.assay.stream.training.TrainingStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** Figures of the training of each stream's imputer, as they are scraped. */
record ImputerMeters(StreamProcessors processors) implements MeterBinder {
  private static final List<MetersByStream.Figure<TrainingStatus>> FIGURES =
      List.of(
          gauge("version", TrainingStatus::version),
          gauge("in.force", TrainingStatus::inForce),
          gauge("rows", TrainingStatus::rows),
          gauge("progress", TrainingStatus::share),
          gauge("drifts", now -> now.seen().drifts()),
          gauge("dependences", now -> now.seen().dependences()),
          gauge("later.values", now -> now.seen().laterValues()),
          count("trainings", TrainingStatus::trainings),
          count("failures", TrainingStatus::failures));

  @Override
  public void bindTo(MeterRegistry registry) {
    new MetersByStream<>("assay.imputer.", processors::imputers, TrainingStatus::stream)
        .bindTo(registry, FIGURES, processors);
  }
}
