package io.assay.stream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LastEventsTest {
  private static final long NOW = 1_800_000_000_000L;

  private final Map<TopicPartition, long[]> times = new HashMap<>();
  private int questions;

  @Test
  void ofPartitionsOfDifferentSpeedIsReadWhatCameSinceOneMoment() {
    partition(0, 90_000, 1_000);
    partition(1, 9_000, 10_000);
    partition(2, 900, 100_000);
    Map<TopicPartition, Long> from = from(10_000);
    assertThat(count(from)).isBetween(10_000L, 11_000L);
    assertThat(90_000 - offset(from, 0)).isBetween(8_500L, 10_500L);
    assertThat(9_000 - offset(from, 1)).isBetween(850L, 1_050L);
    assertThat(900 - offset(from, 2)).isBetween(80L, 110L);
    assertThat(questions).isLessThan(30);
  }

  @Test
  void allIsReadWhereThereIsNoMore() {
    partition(0, 300, 1_000);
    partition(1, 400, 1_000);
    assertThat(from(700)).isEqualTo(Map.of(at(0), 0L, at(1), 0L));
    assertThat(questions).isZero();
  }

  @Test
  void timesThatSayNothingCostAsManyOfEachPartitionAtMost() {
    times.put(at(0), sameTime(5_000));
    times.put(at(1), sameTime(5_000));
    assertThat(from(1_000)).isEqualTo(Map.of(at(0), 4_000L, at(1), 4_000L));
  }

  @Test
  void anEmptyTopicIsReadFromItsEnd() {
    times.put(at(0), new long[0]);
    assertThat(from(10)).isEqualTo(Map.of(at(0), 0L));
  }

  private Map<TopicPartition, Long> from(long wanted) {
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    times.forEach(
        (partition, of) -> {
          beginnings.put(partition, 0L);
          ends.put(partition, (long) of.length);
        });
    return LastEvents.from(beginnings, ends, wanted, NOW, this::since);
  }

  /** As a broker answers: the first offset with such a time or a later one. */
  private Map<TopicPartition, Long> since(long millis) {
    questions++;
    Map<TopicPartition, Long> offsets = new HashMap<>();
    times.forEach(
        (partition, of) -> {
          for (int offset = 0; offset < of.length; offset++) {
            if (of[offset] >= millis) {
              offsets.put(partition, (long) offset);
              return;
            }
          }
        });
    return offsets;
  }

  private void partition(int number, int records, long everyMillis) {
    var random = new Random(number);
    List<Long> of = new ArrayList<>();
    for (int i = records; i > 0; i--) {
      of.add(NOW - i * everyMillis + random.nextLong(everyMillis));
    }
    times.put(at(number), of.stream().mapToLong(Long::longValue).toArray());
  }

  private static long[] sameTime(int records) {
    long[] of = new long[records];
    Arrays.fill(of, NOW - 5_000_000);
    return of;
  }

  private long count(Map<TopicPartition, Long> from) {
    return from.entrySet().stream()
        .mapToLong(one -> times.getOrDefault(one.getKey(), new long[0]).length - one.getValue())
        .sum();
  }

  private static long offset(Map<TopicPartition, Long> from, int partition) {
    return from.getOrDefault(at(partition), -1L);
  }

  private static TopicPartition at(int partition) {
    return new TopicPartition("loans", partition);
  }
}
