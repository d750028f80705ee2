package io.assay.bench.stream;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What reading a topic to its end took, without its beginning.
 *
 * @param micros CPU time of this process for each event
 * @param rate events a second
 */
record CpuRun(double micros, double rate) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** Measures from when {@code skipped} of the {@code events} are done. */
  static CpuRun of(Subject subject, long skipped, long events) {
    await(subject, skipped);
    long before = subject.processed();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    await(subject, events);
    long did = subject.processed() - before;
    double nanos = System.nanoTime() - start;
    return new CpuRun((SYSTEM.getProcessCpuTime() - cpu) / 1e3 / did, did / (nanos / 1e9));
  }

  private static void await(Subject subject, long events) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (subject.processed() < events) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "needed %d events, %d came in five minutes".formatted(events, subject.processed()));
      }
      try {
        Thread.sleep(25); // asking takes CPU time that would be counted
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
