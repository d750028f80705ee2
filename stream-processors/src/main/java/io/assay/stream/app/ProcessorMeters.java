package io.assay.stream.app;

import io.assay.stream.app.StreamStatus.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Figures of each stream, as they are scraped. */
record ProcessorMeters(StreamProcessors processors) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Set<String> bound = ConcurrentHashMap.newKeySet();
    bind(registry, bound);
    processors.whenStreamsChange(() -> bind(registry, bound));
  }

  /** Of streams that rules have added since. */
  private void bind(MeterRegistry registry, Set<String> bound) {
    for (StreamStatus status : processors.status()) {
      String stream = status.stream();
      if (!bound.add(stream)) {
        continue;
      }
      gauge(registry, stream, "running", now -> now.state() == State.RUNNING ? 1 : 0);
      gauge(registry, stream, "lag", now -> now.lag().orElse(0));
      count(registry, stream, "events", now -> now.figures().events());
      count(registry, stream, "violations", now -> now.figures().violations());
      count(registry, stream, "dead.letters", now -> now.figures().deadLetters());
      count(registry, stream, "late", now -> now.figures().late());
      count(registry, stream, "duplicates", now -> now.figures().duplicates());
      count(registry, stream, "unpaired", now -> now.figures().unpaired());
      count(registry, stream, "ticks", now -> now.figures().ticks());
      count(registry, stream, "truths", now -> now.figures().truths(true));
      count(registry, stream, "truths.unused", now -> now.figures().truths(false));
    }
  }

  private void gauge(
      MeterRegistry registry, String stream, String name, ToDoubleFunction<StreamStatus> of) {
    Gauge.builder("assay.stream." + name, () -> now(stream, of))
        .tag("stream", stream)
        .register(registry);
  }

  private void count(
      MeterRegistry registry, String stream, String name, ToLongFunction<StreamStatus> of) {
    FunctionCounter.builder("assay.stream." + name, this, unused -> now(stream, of::applyAsLong))
        .tag("stream", stream)
        .register(registry);
  }

  private double now(String stream, ToDoubleFunction<StreamStatus> of) {
    return processors.status().stream()
        .filter(status -> status.stream().equals(stream))
        .findFirst()
        .map(of::applyAsDouble)
        .orElse(0.0);
  }
}
