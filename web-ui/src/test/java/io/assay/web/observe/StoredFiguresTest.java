package io.assay.web.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.metrics.Scrapes;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class StoredFiguresTest {
  @Test
  void aDatabaseThatDoesNotAnswerHoldsNoScrapeUp() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var database = new PGSimpleDataSource();
      database.setUrl("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/assay");
      database.setSslMode("disable");
      var registry = new PrometheusRegistry();
      Scrapes.register(registry, Stream.of(new StoredFigures(database)));
      long before = System.nanoTime();
      assertThat(registry.scrape().stream()).isEmpty();
      assertThat(registry.scrape().stream()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }
}
