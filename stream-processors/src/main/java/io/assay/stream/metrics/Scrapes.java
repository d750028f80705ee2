package io.assay.stream.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all who have figures, whenever Prometheus asks.
 *
 * <p>Rules add assertions and streams, and take some away: what is asked for at the scrape itself
 * is never of what is no more, and costs nothing between scrapes. One who fails is left out, and
 * keeps no other from being told.
 */
public final class Scrapes implements MultiCollector {
  private static final Logger LOG = LoggerFactory.getLogger(Scrapes.class);

  private final List<Scraped> asked;

  private Scrapes(Stream<? extends Scraped> asked) {
    this.asked = List.copyOf(asked.toList());
  }

  /** From now on. */
  public static void register(PrometheusRegistry registry, Stream<? extends Scraped> asked) {
    registry.register(new Scrapes(asked));
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricSnapshot> all = new ArrayList<>();
    for (Scraped one : asked) {
      var reading = new Reading();
      try {
        one.read(reading);
        all.addAll(reading.snapshots());
      } catch (RuntimeException failure) {
        LOG.debug("{} has no figures now", one.getClass().getSimpleName(), failure);
      }
    }
    return new MetricSnapshots(all);
  }
}
