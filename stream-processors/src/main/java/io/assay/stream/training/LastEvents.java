package io.assay.stream.training;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * From where a topic's partitions are read so that about the last N records of all of them come: of
 * each what came since one moment, which is looked for by halving.
 */
final class LastEvents {
  /** More is read than was wanted, by this factor at most, where the records' times are of use. */
  private static final double NEAR = 1.1;

  private static final long FIRST_STEP_MILLIS = 60_000;
  private static final int MOST_QUESTIONS = 60;

  private final Map<TopicPartition, Long> beginnings;
  private final Map<TopicPartition, Long> ends;
  private final LongFunction<Map<TopicPartition, Long>> since;

  private LastEvents(
      Map<TopicPartition, Long> beginnings,
      Map<TopicPartition, Long> ends,
      LongFunction<Map<TopicPartition, Long>> since) {
    this.beginnings = beginnings;
    this.ends = ends;
    this.since = since;
  }

  /**
   * @param wanted records, of all partitions together
   * @param since for a time in milliseconds, the first offset of each partition from then on; none
   *     of one that has no record so late
   * @return at least as many as wanted if there are as many, and of no partition more
   */
  static Map<TopicPartition, Long> from(
      Map<TopicPartition, Long> beginnings,
      Map<TopicPartition, Long> ends,
      long wanted,
      long nowMillis,
      LongFunction<Map<TopicPartition, Long>> since) {
    return new LastEvents(beginnings, ends, since).from(wanted, nowMillis);
  }

  private Map<TopicPartition, Long> from(long wanted, long nowMillis) {
    Map<TopicPartition, Long> earliest = new HashMap<>();
    ends.forEach((p, end) -> earliest.put(p, Math.max(beginning(p), end - wanted)));
    if (count(earliest) <= wanted) {
      return earliest;
    }
    long late = nowMillis;
    long early = nowMillis - FIRST_STEP_MILLIS;
    Map<TopicPartition, Long> found = earliest;
    boolean isDoubling = true;
    for (int question = 0; question < MOST_QUESTIONS && late - early > 1; question++) {
      long asked = isDoubling ? early : early + (late - early) / 2;
      Map<TopicPartition, Long> from = clamped(asked, earliest);
      long count = count(from);
      if (count >= wanted) {
        found = from;
        early = asked;
        isDoubling = false;
        if (count <= NEAR * wanted) {
          break;
        }
      } else {
        late = asked;
        if (isDoubling) {
          early = nowMillis - 2 * (nowMillis - asked);
          if (early <= 0) {
            break;
          }
        }
      }
    }
    return found;
  }

  private Map<TopicPartition, Long> clamped(long millis, Map<TopicPartition, Long> earliest) {
    Map<TopicPartition, Long> offsets = since.apply(millis);
    Map<TopicPartition, Long> from = new HashMap<>();
    ends.forEach(
        (p, end) ->
            from.put(
                p,
                Math.min(
                    end, Math.max(earliest.getOrDefault(p, 0L), offsets.getOrDefault(p, end)))));
    return from;
  }

  private long beginning(TopicPartition partition) {
    return beginnings.getOrDefault(partition, 0L);
  }

  private long count(Map<TopicPartition, Long> from) {
    return ends.entrySet().stream()
        .mapToLong(one -> one.getValue() - from.getOrDefault(one.getKey(), one.getValue()))
        .sum();
  }
}
