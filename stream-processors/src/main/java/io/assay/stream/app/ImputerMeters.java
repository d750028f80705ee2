package io.assay.stream.app;

import io.assay.stream.training.TrainingStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures of the training of each stream's imputer, as they are scraped. */
record ImputerMeters(StreamProcessors processors) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Map<String, List<Meter>> bound = new HashMap<>();
    bind(registry, bound);
    processors.whenStreamsChange(() -> bind(registry, bound));
  }

  private void bind(MeterRegistry registry, Map<String, List<Meter>> bound) {
    synchronized (bound) {
      Set<String> streams =
          processors.imputers().stream().map(TrainingStatus::stream).collect(Collectors.toSet());
      for (String gone : bound.keySet().stream().filter(name -> !streams.contains(name)).toList()) {
        bound.getOrDefault(gone, List.of()).forEach(registry::remove);
        bound.remove(gone);
      }
      streams.forEach(stream -> bound.computeIfAbsent(stream, name -> bind(registry, name)));
    }
  }

  private List<Meter> bind(MeterRegistry registry, String stream) {
    return List.of(
        gauge(registry, stream, "version", TrainingStatus::version),
        gauge(registry, stream, "in.force", TrainingStatus::inForce),
        gauge(registry, stream, "rows", TrainingStatus::rows),
        gauge(registry, stream, "progress", TrainingStatus::share),
        gauge(registry, stream, "drifts", now -> now.seen().drifts()),
        gauge(registry, stream, "dependences", now -> now.seen().dependences()),
        gauge(registry, stream, "later.values", now -> now.seen().laterValues()),
        count(registry, stream, "trainings", TrainingStatus::trainings),
        count(registry, stream, "failures", TrainingStatus::failures));
  }

  private Meter gauge(
      MeterRegistry registry, String stream, String name, ToDoubleFunction<TrainingStatus> of) {
    return Gauge.builder("assay.imputer." + name, () -> now(stream, of))
        .tag("stream", stream)
        .register(registry);
  }

  private Meter count(
      MeterRegistry registry, String stream, String name, ToDoubleFunction<TrainingStatus> of) {
    return FunctionCounter.builder("assay.imputer." + name, this, unused -> now(stream, of))
        .tag("stream", stream)
        .register(registry);
  }

  private double now(String stream, ToDoubleFunction<TrainingStatus> of) {
    return processors.imputers().stream()
        .filter(status -> status.stream().equals(stream))
        .findFirst()
        .map(of::applyAsDouble)
        .orElse(0.0);
  }
}
