package io.assay.drill;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a storm came to.
 *
 * @param sent events that the broker has
 * @param sending how long that took
 * @param counted violations by place: each is to be as many as were sent
 * @param groups of alerts that a person got
 * @param requests that reached the receiver
 * @param kept violations with evidence
 * @param bound the most that may be kept of so many hours of assertions
 * @param databaseBytes before and after
 * @param logBytes of Kafka, likewise
 * @param countedBytes what the table of those counted takes, with its index
 * @param memory of each process
 * @param pages how long each took
 * @param longestLag the most events that were sent and not yet in the database
 * @param catchUp how long it took from the last event until all were
 * @param found what is wrong, each a sentence
 */
public record StormReport(
    long sent,
    Duration sending,
    Map<String, Long> counted,
    int groups,
    long requests,
    long kept,
    long bound,
    Grown databaseBytes,
    Grown logBytes,
    long countedBytes,
    List<Memory> memory,
    Map<String, Latency> pages,
    long longestLag,
    Duration catchUp,
    List<String> found) {
  public StormReport {
    counted = Collections.unmodifiableMap(new LinkedHashMap<>(counted));
    pages = Collections.unmodifiableMap(new LinkedHashMap<>(pages));
    memory = List.copyOf(memory);
    found = List.copyOf(found);
  }

  StormReport withFound(List<String> wrong) {
    return new StormReport(
        sent,
        sending,
        counted,
        groups,
        requests,
        kept,
        bound,
        databaseBytes,
        logBytes,
        countedBytes,
        memory,
        pages,
        longestLag,
        catchUp,
        wrong);
  }

  public boolean passed() {
    return found.isEmpty();
  }

  /** Bytes before and after. */
  public record Grown(long before, long after) {
    public long by() {
      return after - before;
    }
  }

  /**
   * What a process has in memory, in MB; of PostgreSQL all its processes, shared parts once.
   *
   * @param limit what it may have
   * @param middle the mean of the third quarter of the storm
   * @param end the mean of the last quarter
   */
  public record Memory(String process, long limit, long max, long middle, long end) {}

  /** How long a page took, in milliseconds. */
  public record Latency(int times, long median, long p95, long max) {
    static Latency of(Collection<Long> millis) {
      List<Long> sorted = millis.stream().sorted().toList();
      return sorted.isEmpty()
          ? new Latency(0, 0, 0, 0)
          : new Latency(
              sorted.size(),
              sorted.get(sorted.size() / 2),
              sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
              sorted.getLast());
    }
  }
}
