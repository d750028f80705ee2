package io.assay.stream.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one scrape has found. Figures of the same labels are added up. */
public final class Reading {
  private final Map<Family, Map<List<String>, Value>> found = new LinkedHashMap<>();

  private record Value(long count, double sum) {
    Value plus(Value other) {
      return new Value(count + other.count, sum + other.sum);
    }
  }

  /** A figure, with the values of the family's labels in their order. */
  public void add(Family family, double value, String... labels) {
    add(family, new Value(1, value), labels);
  }

  /** The same of a whole number. */
  public void add(Family family, long value, String... labels) {
    add(family, (double) value, labels);
  }

  /** {@code sum}: of {@code count} values, in the family's unit. */
  public void summary(Family family, long count, double sum, String... labels) {
    add(family, new Value(count, sum), labels);
  }

  private void add(Family family, Value value, String... labels) {
    if (labels.length != family.labels().size()) {
      throw new IllegalArgumentException(
          "%s needs values of %s, got %s"
              .formatted(family.name(), family.labels(), List.of(labels)));
    }
    found
        .computeIfAbsent(family, unused -> new LinkedHashMap<>())
        .merge(List.of(labels), value, Value::plus);
  }

  /** As Prometheus' library writes them. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> all = new ArrayList<>();
    found.forEach((family, values) -> all.add(snapshot(family, values)));
    return all;
  }

  private static MetricSnapshot snapshot(Family family, Map<List<String>, Value> values) {
    return switch (family.kind()) {
      case COUNTER -> {
        String stem = family.name().substring(0, family.name().length() - "_total".length());
        List<CounterSnapshot.CounterDataPointSnapshot> points = new ArrayList<>();
        values.forEach(
            (labels, value) ->
                points.add(
                    new CounterSnapshot.CounterDataPointSnapshot(
                        value.sum(), labels(family, labels), null, 0)));
        yield new CounterSnapshot(new MetricMetadata(stem, family.help()), points);
      }
      case GAUGE -> {
        List<GaugeSnapshot.GaugeDataPointSnapshot> points = new ArrayList<>();
        values.forEach(
            (labels, value) ->
                points.add(
                    new GaugeSnapshot.GaugeDataPointSnapshot(
                        value.sum(), labels(family, labels), null)));
        yield new GaugeSnapshot(new MetricMetadata(family.name(), family.help()), points);
      }
      case SUMMARY -> {
        List<SummarySnapshot.SummaryDataPointSnapshot> points = new ArrayList<>();
        values.forEach(
            (labels, value) ->
                points.add(
                    SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .count(value.count())
                        .sum(value.sum())
                        .labels(labels(family, labels))
                        .build()));
        yield new SummarySnapshot(new MetricMetadata(family.name(), family.help()), points);
      }
    };
  }

  private static Labels labels(Family family, List<String> values) {
    return Labels.of(family.labels(), values);
  }
}
