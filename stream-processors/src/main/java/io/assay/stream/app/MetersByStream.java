package io.assay.stream.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Figures by stream, as they are scraped. Rules add streams, and take some away: of these nothing
 * is told any more.
 *
 * @param prefix of their names, with its dot
 * @param all what is known now, of each stream
 */
record MetersByStream<S>(String prefix, Supplier<List<S>> all, Function<S, String> stream) {

  /** A figure that goes up and down, or one that only counts. */
  record Figure<S>(String name, boolean counts, ToDoubleFunction<S> of) {
    static <S> Figure<S> gauge(String name, ToDoubleFunction<S> of) {
      return new Figure<>(name, false, of);
    }

    static <S> Figure<S> count(String name, ToDoubleFunction<S> of) {
      return new Figure<>(name, true, of);
    }
  }

  /** Now, and whenever there are other streams. */
  void bindTo(MeterRegistry registry, List<Figure<S>> figures, StreamProcessors processors) {
    Map<String, List<Meter>> bound = new HashMap<>();
    bind(registry, figures, bound);
    processors.whenStreamsChange(() -> bind(registry, figures, bound));
  }

  private void bind(
      MeterRegistry registry, List<Figure<S>> figures, Map<String, List<Meter>> bound) {
    synchronized (bound) {
      Set<String> streams = all.get().stream().map(stream).collect(Collectors.toSet());
      for (String gone : bound.keySet().stream().filter(name -> !streams.contains(name)).toList()) {
        bound.getOrDefault(gone, List.of()).forEach(registry::remove);
        bound.remove(gone);
      }
      streams.forEach(
          one ->
              bound.computeIfAbsent(
                  one,
                  name -> figures.stream().map(figure -> meter(registry, name, figure)).toList()));
    }
  }

  private Meter meter(MeterRegistry registry, String name, Figure<S> figure) {
    return figure.counts()
        ? FunctionCounter.builder(prefix + figure.name(), this, any -> any.now(name, figure.of()))
            .tag("stream", name)
            .register(registry)
        : Gauge.builder(prefix + figure.name(), () -> now(name, figure.of()))
            .tag("stream", name)
            .register(registry);
  }

  private double now(String name, ToDoubleFunction<S> of) {
    return all.get().stream()
        .filter(one -> stream.apply(one).equals(name))
        .findFirst()
        .map(of::applyAsDouble)
        .orElse(0.0);
  }
}
