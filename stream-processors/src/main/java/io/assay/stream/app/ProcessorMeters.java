package io.assay.stream.app;

import io.assay.stream.app.StreamStatus.State;
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
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Figures of each stream, as they are scraped. */
record ProcessorMeters(StreamProcessors processors) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Map<String, List<Meter>> bound = new HashMap<>();
    bind(registry, bound);
    processors.whenStreamsChange(() -> bind(registry, bound));
  }

  /** Rules add streams, and take some away: of these nothing is told any more. */
  private void bind(MeterRegistry registry, Map<String, List<Meter>> bound) {
    synchronized (bound) {
      Set<String> streams =
          processors.status().stream().map(StreamStatus::stream).collect(Collectors.toSet());
      for (String gone : bound.keySet().stream().filter(name -> !streams.contains(name)).toList()) {
        bound.getOrDefault(gone, List.of()).forEach(registry::remove);
        bound.remove(gone);
      }
      streams.forEach(stream -> bound.computeIfAbsent(stream, name -> bind(registry, name)));
    }
  }

  private List<Meter> bind(MeterRegistry registry, String stream) {
    return List.of(
        gauge(registry, stream, "running", now -> now.state() == State.RUNNING ? 1 : 0),
        gauge(registry, stream, "lag", now -> now.lag().orElse(0)),
        gauge(
            registry, stream, "assertions.in.error", now -> now.figures().assertionErrors().size()),
        gauge(registry, stream, "assertions.suspended", now -> now.figures().suspended().size()),
        count(registry, stream, "events", now -> now.figures().events()),
        count(registry, stream, "violations", now -> now.figures().violations()),
        count(registry, stream, "dead.letters", now -> now.figures().deadLetters()),
        count(registry, stream, "late", now -> now.figures().late()),
        count(registry, stream, "duplicates", now -> now.figures().duplicates()),
        count(registry, stream, "unpaired", now -> now.figures().unpaired()),
        count(registry, stream, "ticks", now -> now.figures().ticks()),
        count(registry, stream, "truths", now -> now.figures().truths(true)),
        count(registry, stream, "truths.unused", now -> now.figures().truths(false)));
  }

  private Meter gauge(
      MeterRegistry registry, String stream, String name, ToDoubleFunction<StreamStatus> of) {
    return Gauge.builder("assay.stream." + name, () -> now(stream, of))
        .tag("stream", stream)
        .register(registry);
  }

  private Meter count(
      MeterRegistry registry, String stream, String name, ToLongFunction<StreamStatus> of) {
    return FunctionCounter.builder(
            "assay.stream." + name, this, unused -> now(stream, of::applyAsLong))
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
