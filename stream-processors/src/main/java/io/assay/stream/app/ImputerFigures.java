package io.assay.stream.app;

import static io.assay.stream.metrics.Family.counter;
import static io.assay.stream.metrics.Family.gauge;

import io.assay.stream.metrics.Family;
import io.assay.stream.metrics.Reading;
import io.assay.stream.metrics.Scraped;
import io.assay.stream.training.TrainingStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How the training of each stream's imputer is doing, as it is scraped. */
public final class ImputerFigures implements Scraped {
  private static final String[] LABELS = {"project", "stream"};

  private final Map<Family, ToDoubleFunction<TrainingStatus>> figures = new LinkedHashMap<>();
  private final StreamProcessors processors;

  public ImputerFigures(StreamProcessors processors) {
    this.processors = processors;
    put(
        gauge("assay_imputer_version", "The newest version; 0 for none", LABELS),
        TrainingStatus::version);
    put(
        gauge("assay_imputer_in_force", "The version that fills gaps; 0 for none", LABELS),
        TrainingStatus::inForce);
    put(
        gauge("assay_imputer_rows", "Rows that the last training learned of", LABELS),
        TrainingStatus::rows);
    put(
        gauge(
                "assay_imputer_progress_ratio",
                "How much of the training that runs is over, 0 to 1",
                LABELS)
            .in("ratio"),
        TrainingStatus::share);
    put(
        gauge(
            "assay_imputer_drifts",
            "Fields of segments of which other shares are missing than before",
            LABELS),
        now -> now.seen().drifts());
    put(
        gauge(
            "assay_imputer_dependences",
            "Pairs of fields of which the gaps of one go with the other",
            LABELS),
        now -> now.seen().dependences());
    put(
        gauge(
            "assay_imputer_later_values",
            "Values that the version in force was held against",
            LABELS),
        now -> now.seen().laterValues());
    put(
        counter("assay_imputer_trainings_total", "Trainings that came to a version", LABELS),
        TrainingStatus::trainings);
    put(
        counter("assay_imputer_failures_total", "Trainings that came to none", LABELS),
        TrainingStatus::failures);
  }

  private void put(Family family, ToDoubleFunction<TrainingStatus> figure) {
    figures.put(family, figure);
  }

  @Override
  public List<Family> families() {
    return List.copyOf(figures.keySet());
  }

  @Override
  public void read(Reading to) {
    for (TrainingStatus now : processors.imputers()) {
      figures.forEach(
          (family, figure) ->
              to.add(family, figure.applyAsDouble(now), processors.project(), now.stream()));
    }
  }
}
