package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.assay.stability.NearestItems.Near;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestItemsTest {
  private static final int D = 7;
  private static final int K = 4;

  private static double[][] random(int rows, long seed) {
    var random = new Random(seed);
    double[][] all = new double[rows][D];
    for (double[] row : all) {
      for (int j = 0; j < D; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return all;
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj("i%04d"::formatted).toList();
  }

  private static List<double[]> rows(double[][] all, int from, int to) {
    return Arrays.asList(all).subList(from, to);
  }

  /** One pair of rows after another, sorted whole. */
  private static List<Near> slow(double[][] all, int query) {
    List<Near> others = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (i != query) {
        others.add(new Near("i%04d".formatted(i), cosine(all[query], all[i])));
      }
    }
    others.sort(Comparator.comparingDouble(Near::cosine).reversed().thenComparing(Near::item));
    return others.subList(0, Math.min(K, others.size()));
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < a.length; j++) {
      ab += a[j] * b[j];
      aa += a[j] * a[j];
      bb += b[j] * b[j];
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static void assertSame(List<Near> found, List<Near> expected) {
    assertThat(found).extracting(Near::item).isEqualTo(expected.stream().map(Near::item).toList());
    for (int i = 0; i < found.size(); i++) {
      // Seven products of numbers up to 1, in another order.
      assertThat(found.get(i).cosine()).isCloseTo(expected.get(i).cosine(), within(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void blocksSayWhatOnePairAfterAnotherSays(long seed) {
    double[][] all = random(500, seed);
    NearestItems nearest = NearestItems.of(K, names(100, 130), rows(all, 100, 130));
    for (int from = 0; from < all.length; from += 64) {
      int to = Math.min(all.length, from + 64);
      nearest.offer(names(from, to), rows(all, from, to));
    }
    for (int q = 0; q < 30; q++) {
      assertSame(nearest.nearest().get(q), slow(all, 100 + q));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 250})
  void shardsAddUpToOnePass(int shards) {
    double[][] all = random(500, 5);
    List<List<Near>> ofShards = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      int own = shard;
      int[] mine = IntStream.range(0, 500).filter(i -> i % shards == own).toArray();
      NearestItems one = NearestItems.of(K, names(3, 4), rows(all, 3, 4));
      one.offer(
          IntStream.of(mine).mapToObj("i%04d"::formatted).toList(),
          IntStream.of(mine).mapToObj(i -> all[i]).toList());
      ofShards.add(one.nearest().getFirst());
    }
    assertSame(NearestItems.merge(K, ofShards), slow(all, 3));
  }

  /** As after quantising to a bit: whatever order they come in, the same are taken. */
  @Test
  void ofEqualOnesTheLowerNamesAreTaken() {
    double[][] same = new double[9][];
    Arrays.fill(same, new double[] {1, 0});
    NearestItems nearest = NearestItems.of(K, List.of("i0002"), rows(same, 0, 1));
    nearest.offer(names(5, 9), rows(same, 5, 9));
    nearest.offer(names(0, 5), rows(same, 0, 5));
    assertThat(nearest.nearest().getFirst())
        .extracting(Near::item)
        .containsExactly("i0000", "i0001", "i0003", "i0004");
  }

  @Test
  void lengthsDoNotCountAndZerosAreNearNobody() {
    double[][] all = {{1, 1}, {5, 5}, {0, 0}, {-1, -2}};
    List<double[]> vectors = rows(all, 0, 4);
    NearestItems nearest = NearestItems.of(9, List.of("a"), rows(all, 0, 1));
    nearest.offer(List.of("a", "long", "zero", "away"), vectors);
    List<Near> found = nearest.nearest().getFirst();
    assertThat(found).extracting(Near::item).containsExactly("long", "zero", "away");
    assertThat(found.getFirst().cosine()).isCloseTo(1, within(1e-15));
    assertThat(found.get(1).cosine()).isZero();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    double[][] rows = {{1, 2}, {1, 2, 3}};
    List<double[]> one = rows(rows, 0, 1);
    assertThatThrownBy(() -> NearestItems.of(0, List.of("a"), one)).hasMessageContaining("k >= 1");
    assertThatThrownBy(() -> NearestItems.of(1, List.of("a", "b"), one))
        .hasMessage("2 items need as many vectors, got 1");
    NearestItems nearest = NearestItems.of(1, List.of("a"), one);
    List<double[]> wide = rows(rows, 1, 2);
    assertThatThrownBy(() -> nearest.offer(List.of("b"), wide))
        .hasMessage("a row needs 2 numbers, got 3");
    assertThatThrownBy(() -> NearestItems.of(1, List.of(), List.of()))
        .hasMessageContaining("an item to ask for");
  }
}
