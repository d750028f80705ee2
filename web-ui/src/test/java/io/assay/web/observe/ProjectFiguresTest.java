package io.assay.web.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProjectFiguresTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private String told(String project) {
    return new String(ProjectFigures.of(project, registry), StandardCharsets.UTF_8);
  }

  @Test
  void tellsOneProjectsOwnAndNothingElse() {
    registry.register(
        (MultiCollector)
            () ->
                MetricSnapshots.of(
                    GaugeSnapshot.builder()
                        .name("assay_alerts")
                        .help("Alerts")
                        .dataPoint(gauge(3, Labels.of("project", "one")))
                        .dataPoint(gauge(5, Labels.of("project", "two")))
                        .build(),
                    CounterSnapshot.builder()
                        .name("assay_stream_events")
                        .dataPoint(
                            CounterSnapshot.CounterDataPointSnapshot.builder()
                                .labels(Labels.of("project", "one", "stream", "camera \"1\""))
                                .value(7)
                                .build())
                        .build(),
                    SummarySnapshot.builder()
                        .name("assay_assertion_evaluation_seconds")
                        .dataPoint(
                            SummarySnapshot.SummaryDataPointSnapshot.builder()
                                .labels(Labels.of("project", "one"))
                                .count(1)
                                .sum(0.5)
                                .build())
                        .build(),
                    GaugeSnapshot.builder()
                        .name("assay_sink_troubled")
                        .dataPoint(gauge(1, Labels.EMPTY))
                        .build(),
                    GaugeSnapshot.builder()
                        .name("jvm_of")
                        .dataPoint(gauge(1, Labels.of("project", "one")))
                        .build()));
    assertThat(told("one").lines().filter(line -> !line.startsWith("#")))
        .containsExactlyInAnyOrder(
            "assay_alerts{project=\"one\"} 3.0",
            "assay_stream_events_total{project=\"one\",stream=\"camera \\\"1\\\"\"} 7.0",
            "assay_assertion_evaluation_seconds_count{project=\"one\"} 1",
            "assay_assertion_evaluation_seconds_sum{project=\"one\"} 0.5");
    assertThat(told("one")).contains("# TYPE assay_alerts gauge", "# HELP assay_alerts Alerts");
    assertThat(told("none")).isEmpty();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot gauge(double value, Labels labels) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
  }
}
