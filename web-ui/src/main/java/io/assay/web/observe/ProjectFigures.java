package io.assay.web.observe;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What is told of one project, as Prometheus reads it: Assay's own figures with that project in
 * their label. What is of the program, or of another project, is not in it.
 */
final class ProjectFigures {
  /** The form that every version of Prometheus reads. */
  static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String PROJECT = "project";

  private ProjectFigures() {}

  static byte[] of(String project, PrometheusRegistry registry) {
    var snapshots = MetricSnapshots.builder();
    registry.scrape(name -> name.startsWith("assay_")).stream()
        .flatMap(family -> of(project, family).stream())
        .forEach(snapshots::metricSnapshot);
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, snapshots.build());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toByteArray();
  }

  private static Optional<MetricSnapshot> of(String project, MetricSnapshot family) {
    return switch (family) {
      case CounterSnapshot counter ->
          own(project, counter.getDataPoints())
              .map(points -> new CounterSnapshot(counter.getMetadata(), points));
      case GaugeSnapshot gauge ->
          own(project, gauge.getDataPoints())
              .map(points -> new GaugeSnapshot(gauge.getMetadata(), points));
      case SummarySnapshot summary ->
          own(project, summary.getDataPoints())
              .map(points -> new SummarySnapshot(summary.getMetadata(), points));
      default -> Optional.empty();
    };
  }

  private static <T extends DataPointSnapshot> Optional<List<T>> own(
      String project, List<T> points) {
    return Optional.of(
            points.stream()
                .filter(point -> project.equals(point.getLabels().get(PROJECT)))
                .toList())
        .filter(own -> !own.isEmpty());
  }
}
