package io.assay.bench.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a page cost, each time that it was asked for. */
final class PageFigures {
  private final String name;
  private final List<Long> nanos = new ArrayList<>();
  private long cpuNanos;
  private long databaseCpuNanos;
  private long statements;
  private long sqlNanos;
  private long bytes;

  PageFigures(String name) {
    this.name = name;
  }

  void add(Metered cost, long databaseCpu, int answered) {
    nanos.add(cost.nanos);
    cpuNanos += cost.cpuNanos;
    databaseCpuNanos += databaseCpu;
    statements += cost.statements;
    sqlNanos += cost.sqlNanos;
    bytes += answered;
  }

  String name() {
    return name;
  }

  int asked() {
    return nanos.size();
  }

  double statements() {
    return (double) statements / asked();
  }

  /** How long such a share of the requests took at most, on the server, in milliseconds. */
  double millis(double share) {
    return quantile(nanos, share);
  }

  private static double quantile(List<Long> all, double share) {
    List<Long> sorted = all.stream().sorted().toList();
    int place = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, place)) / 1e6;
  }

  private double each(long sum) {
    return (double) sum / asked();
  }

  /** As a table; {@code looks}: at the alerts, in nanoseconds. */
  static void print(List<PageFigures> figures, double limit, List<Long> looks) {
    System.out.println(
        "| page | p50, ms | p95, ms | longest, ms | CPU, ms | of PostgreSQL, ms | statements | in"
            + " SQL, ms | KB |\n"
            + "|---|---|---|---|---|---|---|---|---|");
    for (PageFigures one : figures) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.0f |%n",
          one.name,
          one.millis(0.5),
          shown(one.millis(0.95), limit),
          one.millis(1),
          one.each(one.cpuNanos) / 1e6,
          one.each(one.databaseCpuNanos) / 1e6,
          one.statements(),
          one.each(one.sqlNanos) / 1e6,
          one.each(one.bytes) / 1000);
    }
    List<Long> long_ = looks.stream().filter(nanos -> nanos > 1_000_000).toList();
    if (!long_.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%nA look at the alerts, %d of them: p50 %.0f ms, p95 %.0f ms, longest %.0f ms.%n",
          long_.size(),
          quantile(long_, 0.5),
          quantile(long_, 0.95),
          quantile(long_, 1));
    }
  }

  private static String shown(double millis, double limit) {
    String text = String.format(Locale.ROOT, "%.0f", millis);
    return limit > 0 && millis > limit ? "**" + text + "**" : text;
  }
}
