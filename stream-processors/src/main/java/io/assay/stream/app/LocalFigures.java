package io.assay.stream.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** What Kafka Streams itself knows of the tasks that one instance has: lag, and local stores. */
record LocalFigures(List<Lag> lags, List<Store> stores) {
  private static final String STORE = "-state-id";
  private static final String SEGMENTS = "total-sst-files-size";
  private static final String BUFFERS = "size-all-mem-tables";
  private static final String KEYS = "estimate-num-keys";

  static final LocalFigures NONE = new LocalFigures(List.of(), List.of());

  /** Records of one partition that were not read yet. */
  record Lag(String topic, int partition, double records) {}

  /**
   * One task's local store.
   *
   * @param task as Kafka Streams calls it
   * @param keys about so many
   */
  record Store(String name, String task, double bytes, double keys) {}

  private record StoreName(String name, String task) {}

  LocalFigures {
    lags = List.copyOf(lags);
    stores = List.copyOf(stores);
  }

  static LocalFigures of(KafkaStreams streams) {
    List<Lag> lags = new ArrayList<>();
    Map<StoreName, double[]> stores = new HashMap<>();
    streams
        .metrics()
        .forEach(
            (name, metric) -> {
              switch (name.name()) {
                case "records-lag" -> lag(name, metric, lags);
                case SEGMENTS, BUFFERS -> store(name, metric, stores, 0);
                case KEYS -> store(name, metric, stores, 1);
                default -> {}
              }
            });
    return new LocalFigures(
        lags,
        stores.entrySet().stream()
            .map(
                of ->
                    new Store(
                        of.getKey().name(), of.getKey().task(), of.getValue()[0], of.getValue()[1]))
            .toList());
  }

  private static void lag(MetricName name, Metric metric, List<Lag> to) {
    String topic = name.tags().get("topic");
    String partition = name.tags().get("partition");
    double records = number(metric);
    if (topic != null && partition != null && !Double.isNaN(records)) {
      to.add(new Lag(topic, Integer.parseInt(partition), records));
    }
  }

  private static void store(
      MetricName name, Metric metric, Map<StoreName, double[]> to, int place) {
    String task = name.tags().get("task-id");
    double value = number(metric);
    if (task != null && !Double.isNaN(value)) {
      name.tags().entrySet().stream()
          .filter(tag -> tag.getKey().endsWith(STORE))
          .findFirst()
          .ifPresent(
              tag ->
                  to.computeIfAbsent(new StoreName(tag.getValue(), task), unused -> new double[2])[
                          place] +=
                      value);
    }
  }

  /** A store that is being closed has no figures any more. */
  private static double number(Metric metric) {
    try {
      return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    } catch (RuntimeException closing) {
      return Double.NaN;
    }
  }
}
