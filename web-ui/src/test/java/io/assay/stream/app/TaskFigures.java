package io.assay.stream.app;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What Kafka Streams says of the tasks that judge, in this JVM. They have it with {@code
 * metrics.recording.level} DEBUG only.
 */
final class TaskFigures {
  /** Records read by a task that judges, before it could begin. */
  private static final String RESTORED = "restore-total";

  /** Records read by a task that keeps a copy. */
  private static final String COPIED = "update-total";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final String group;

  TaskFigures(String group) {
    this.group = group;
  }

  /** Those that judge here. */
  Set<String> active() {
    return tasks(RESTORED).keySet();
  }

  /** Those of which a copy is kept here. */
  Set<String> standby() {
    return tasks(COPIED).keySet();
  }

  double restored() {
    return tasks(RESTORED).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double copied() {
    return tasks(COPIED).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Whether each copy has something, and all that the broker had when it was last asked. */
  boolean hasCopies() {
    Map<String, Double> lag =
        of(
            "kafka.consumer:type=consumer-fetch-manager-metrics,client-id="
                + group
                + "-*-restore-consumer,topic=*,partition=*",
            "partition",
            "records-lag");
    return tasks(COPIED).values().stream().allMatch(records -> records > 0)
        && lag.values().stream().allMatch(behind -> behind == 0);
  }

  /** The second half of the topology judges: its tasks have state. */
  private Map<String, Double> tasks(String figure) {
    Map<String, Double> all =
        of("kafka.streams:type=stream-task-metrics,thread-id=" + group + "-*,*", "task-id", figure);
    all.keySet().removeIf(task -> !task.startsWith("1_"));
    return all;
  }

  private Map<String, Double> of(String pattern, String by, String figure) {
    Map<String, Double> found = new TreeMap<>();
    try {
      for (ObjectName name : beans.queryNames(new ObjectName(pattern), null)) {
        value(name, figure).ifPresent(value -> found.put(name.getKeyProperty(by), value));
      }
    } catch (JMException broken) {
      throw new IllegalStateException(broken);
    }
    return found;
  }

  /** Empty where the task is another kind, or has just gone. */
  private OptionalDouble value(ObjectName name, String figure) {
    try {
      return beans.getAttribute(name, figure) instanceof Double value
          ? OptionalDouble.of(value)
          : OptionalDouble.empty();
    } catch (JMException hasNone) {
      return OptionalDouble.empty();
    }
  }
}
