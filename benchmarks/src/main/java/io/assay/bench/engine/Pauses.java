package io.assay.bench.engine;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Collections that stopped the program since it was opened. Those that were asked for do not count,
 * nor what a collector does beside the program.
 */
final class Pauses implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 5000;

  private final long opened = ManagementFactory.getRuntimeMXBean().getUptime();
  private final long countedBefore = collections();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong heard = new AtomicLong();
  private final NotificationListener listener = (notification, handback) -> hear(notification);

  Pauses() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
    }
  }

  static String collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }

  /** Of all collections until now: they are told a little after they were. */
  long longestMillis() {
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (heard.get() < collections() - countedBefore && System.currentTimeMillis() < until) {
      Thread.onSpinWait();
    }
    return longest.get();
  }

  long count() {
    return count.get();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private void hear(Notification notification) {
    var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    boolean beside = info.getGcName().contains("Concurrent") || info.getGcName().contains("Cycles");
    boolean asked = info.getGcCause().equals("System.gc()");
    if (info.getGcInfo().getStartTime() >= opened) {
      heard.incrementAndGet();
      if (!beside && !asked) {
        count.incrementAndGet();
        longest.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
      }
    }
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      try {
        ((NotificationEmitter) collector).removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
