package io.assay.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScrapesTest {
  private static final Family EVENTS =
      Family.counter("assay_stream_events_total", "Events judged", "stream");
  private static final Family LAG = Family.gauge("assay_lag_records", "Not read yet").in("records");
  private static final Family TOOK = Family.seconds("assay_took_seconds", "Time", "stream");

  @Test
  void isWrittenAsPrometheusReadsIt() throws IOException {
    Scraped figures =
        of(
            to -> {
              to.add(EVENTS, 3, "a\"b");
              to.add(LAG, 0.5);
              to.summary(TOOK, 4, 0.25, "camera");
            });
    assertThat(scrape(figures))
        .isEqualTo(
            """
            # HELP assay_lag_records Not read yet
            # TYPE assay_lag_records gauge
            assay_lag_records 0.5
            # HELP assay_stream_events_total Events judged
            # TYPE assay_stream_events_total counter
            assay_stream_events_total{stream="a\\"b"} 3.0
            # HELP assay_took_seconds Time
            # TYPE assay_took_seconds summary
            assay_took_seconds_count{stream="camera"} 4
            assay_took_seconds_sum{stream="camera"} 0.25
            """);
  }

  @Test
  void figuresOfTheSameLabelsAreOne() throws IOException {
    Scraped figures =
        of(
            to -> {
              to.add(EVENTS, 3, "camera");
              to.add(EVENTS, 4, "camera");
              to.summary(TOOK, 1, 2, "camera");
              to.summary(TOOK, 1, 3, "camera");
            });
    assertThat(scrape(figures))
        .contains(
            "events_total{stream=\"camera\"} 7.0\n",
            "took_seconds_count{stream=\"camera\"} 2\n",
            "took_seconds_sum{stream=\"camera\"} 5.0\n");
  }

  @Test
  void whoFailsIsLeftOut() throws IOException {
    Scraped broken =
        of(
            to -> {
              to.add(LAG, 1);
              throw new IllegalStateException("the database is away");
            });
    assertThat(scrape(broken, of(to -> to.add(EVENTS, 1, "camera"))))
        .contains("assay_stream_events_total")
        .doesNotContain("assay_lag_records");
  }

  @Test
  void namesAreHeldToPrometheusConventions() {
    assertThatThrownBy(() -> Family.counter("assay_events", "Events"))
        .hasMessageContaining("with _total for counters alone, got assay_events of a counter");
    assertThatThrownBy(() -> Family.gauge("assay_events_total", "Events"))
        .hasMessageContaining("got assay_events_total of a gauge");
    assertThatThrownBy(() -> Family.seconds("assay_took_millis", "Time"))
        .hasMessageContaining("assay_took_millis needs its unit seconds in its name");
    assertThatThrownBy(() -> new Reading().add(EVENTS, 1))
        .hasMessageContaining("needs values of [stream], got []");
  }

  private static Scraped of(Consumer<Reading> read) {
    return new Scraped() {
      @Override
      public List<Family> families() {
        return List.of(EVENTS, LAG, TOOK);
      }

      @Override
      public void read(Reading to) {
        read.accept(to);
      }
    };
  }

  private static String scrape(Scraped... asked) throws IOException {
    var registry = new PrometheusRegistry();
    Scrapes.register(registry, Stream.of(asked));
    var out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }
}
