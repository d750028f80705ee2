package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Old rows fade as the law says, and how a stream is cut into partitions does not matter. */
class ReservoirTest {
  private static final List<String> NAMES = List.of("number", "kind");

  private static Reservoir filled(int capacity, long halfLife, long seed, int rows) {
    var reservoir = new Reservoir(NAMES, capacity, halfLife, seed);
    for (int i = 0; i < rows; i++) {
      reservoir.add(cells(i), i, i);
    }
    return reservoir;
  }

  private static List<String> cells(long i) {
    return List.of(Long.toString(i), i % 3 == 0 ? "" : "kind" + i % 3);
  }

  /** More than a capacity in a half-life; as much; and ten times less. A row comes each moment. */
  @ParameterizedTest
  @CsvSource({"100, 1000", "700, 1000", "1000, 100"})
  void agesAreDistributedAsTheLawSays(int capacity, long halfLife) {
    int rows = 20_000;
    int reservoirs = 60;
    int bands = 6;
    double[] found = new double[bands];
    for (int seed = 0; seed < reservoirs; seed++) {
      for (Reservoir.Row row : filled(capacity, halfLife, seed, rows).rows()) {
        found[band(rows - row.at(), capacity, halfLife, bands)]++;
      }
    }
    double c = kept(rows, halfLife, capacity);
    double[] expected = new double[bands];
    for (int age = 1; age <= rows; age++) {
      expected[band(age, capacity, halfLife, bands)] += law(c, age, halfLife);
    }
    for (int band = 0; band < bands; band++) {
      // Four deviations of a share of independent rows; they are a little less varied than that.
      double all = (double) capacity * reservoirs;
      double share = expected[band] / capacity;
      assertThat(found[band] / all)
          .as("band %d", band)
          .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / all) + 1 / all));
    }
  }

  private static int band(long age, int capacity, long halfLife, int bands) {
    return (int) Math.min(bands - 1, 2 * age / Math.max(capacity, halfLife));
  }

  private static double law(double c, long age, long halfLife) {
    return 1 - Math.exp(-c * Math.pow(2, -age / (double) halfLife));
  }

  /** The c by which as many rows as the capacity are kept. */
  private static double kept(int rows, long halfLife, int capacity) {
    double low = -20;
    double high = 50;
    for (int step = 0; step < 60; step++) {
      double c = Math.exp((low + high) / 2);
      double sum = IntStream.rangeClosed(1, rows).mapToDouble(age -> law(c, age, halfLife)).sum();
      if (sum > capacity) {
        high = Math.log(c);
      } else {
        low = Math.log(c);
      }
    }
    return Math.exp(low);
  }

  @Test
  void partitionsMergedHoldWhatOneStreamWould() {
    Reservoir whole = filled(50, 300, 7, 5000);
    Reservoir[] parts = new Reservoir[4];
    Arrays.setAll(parts, part -> new Reservoir(NAMES, 50, 300, 7));
    for (int i = 4999; i >= 0; i--) {
      parts[(i * 31 + i / 7) % 4].add(cells(i), i, i);
    }
    Reservoir merged = parts[2].merge(parts[0]).merge(parts[3].merge(parts[1]));
    assertThat(merged.rows()).isEqualTo(whole.rows());
    assertThat(merged.bytes()).isEqualTo(whole.bytes());
    assertThat(merged.offered()).isEqualTo(5000);
    assertThatThrownBy(() -> whole.merge(new Reservoir(NAMES, 50, 300, 8)))
        .hasMessage(
            "reservoirs are merged that are made alike, got 50 of 50 rows of [number, kind],"
                + " half-life 300, seed 7 and 0 of 50 rows of [number, kind], half-life 300,"
                + " seed 8");
  }

  /** Each of ten rows at the same time is as likely as another. */
  @Test
  void rowsOfTheSameAgeAreEquallyLikely() {
    Map<Long, Integer> kept = new HashMap<>();
    for (int seed = 0; seed < 4000; seed++) {
      var reservoir = new Reservoir(NAMES, 3, 1000, seed);
      for (int i = 0; i < 10; i++) {
        reservoir.add(cells(i), 1_700_000_000_000L, i);
      }
      reservoir.rows().forEach(row -> kept.merge(row.id(), 1, Integer::sum));
    }
    // 1,200 of 4,000 each, with a deviation of 29.
    assertThat(kept).hasSize(10).allSatisfy((id, n) -> assertThat(n).isBetween(1085, 1315));
  }

  @Test
  void allAreKeptUntilItIsFullAndOnceEach() {
    Reservoir reservoir = filled(10, 5, 0, 9);
    assertThat(reservoir.table().rows()).isEqualTo(9);
    assertThat(reservoir.table().row(0)).containsExactly("0", "");
    assertThat(reservoir.table().row(8)).containsExactly("8", "kind2");
    assertThat(reservoir.add(cells(4), 4, 4)).as("it is there").isFalse();
    assertThat(reservoir.add(cells(9), 9, 9)).isTrue();
    assertThat(reservoir.size()).isEqualTo(10);
    assertThat(reservoir.add(cells(1), -1000, 10)).as("it is very old").isFalse();
    assertThat(reservoir.add(cells(1), 1000, 11)).as("it is very new").isTrue();
    assertThat(reservoir.size()).isEqualTo(10);
    assertThat(reservoir.offered()).isEqualTo(13);
    assertThatThrownBy(() -> reservoir.add(List.of("1"), 0, 0))
        .hasMessage("a row needs 2 cells, got 1");
    assertThatThrownBy(() -> new Reservoir(List.of("a", "a"), 1, 1, 0))
        .hasMessageContaining("names that differ");
  }

  @Test
  void bytesKeepIt() {
    Reservoir reservoir = filled(40, 20, 3, 100);
    byte[] bytes = reservoir.bytes();
    Reservoir read = Reservoir.read(bytes);
    assertThat(read.rows()).isEqualTo(reservoir.rows());
    assertThat(read.bytes()).isEqualTo(bytes);
    read.add(cells(100), 100, 100);
    reservoir.add(cells(100), 100, 100);
    assertThat(read.bytes()).isEqualTo(reservoir.bytes());
    assertThatThrownBy(() -> Reservoir.read(Arrays.copyOf(bytes, 90)))
        .hasMessage("a reservoir of 90 bytes ends too early");
    assertThatThrownBy(() -> Reservoir.read(new byte[30]))
        .hasMessage("a reservoir is needed, got something else");
    byte[] later = bytes.clone();
    later["assay-reservoir".length() + 3] = 2;
    assertThatThrownBy(() -> Reservoir.read(later))
        .hasMessage("a reservoir of version 1 to 1 is needed, got version 2");
  }
}
