package io.assay.stream.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.stability.Anchors;
import io.assay.stability.Displacement;
import io.assay.stability.Embedding;
import io.assay.stability.Settings;
import io.assay.stability.Stability;
import io.assay.stability.StabilityReport;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Neighbour;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** A release of made-up vectors by word. */
final class Words {
  private final Map<String, double[]> vectors = new TreeMap<>();

  /** So many words from {@code first} on; a word has the same vector whatever others there are. */
  static Words random(int first, int count, int dimensions, long seed) {
    var words = new Words();
    for (int i = first; i < first + count; i++) {
      var random = new Random(seed * 1_000_003 + i);
      double[] vector = new double[dimensions];
      for (int j = 0; j < dimensions; j++) {
        vector[j] = (float) (random.nextGaussian() * (1 + j));
      }
      words.vectors.put("w%05d".formatted(i), vector);
    }
    return words;
  }

  /** The same words with some noise. */
  Words refreshed(double noise, long seed) {
    var words = new Words();
    var random = new Random(seed);
    vectors.forEach(
        (word, vector) -> {
          double[] next = vector.clone();
          for (int j = 0; j < next.length; j++) {
            next[j] = (float) (next[j] + noise * random.nextGaussian());
          }
          words.vectors.put(word, next);
        });
    return words;
  }

  Map<String, double[]> vectors() {
    return vectors;
  }

  /** Of the words that both have, all at once. */
  StabilityReport against(Words base, int neighbours) {
    List<double[]> x = new ArrayList<>();
    List<double[]> y = new ArrayList<>();
    for (String word : shared(base)) {
      x.add(base.vectors.get(word));
      y.add(vectors.get(word));
    }
    return Stability.compare(
        Embedding.of(x.toArray(double[][]::new)),
        Embedding.of(y.toArray(double[][]::new)),
        Anchors.pair(),
        Settings.usual().withNeighbours(neighbours).withThreads(1));
  }

  List<String> shared(Words base) {
    return base.vectors.keySet().stream().filter(vectors::containsKey).toList();
  }

  /** That a record says of these and a base what a comparison at once does. */
  void assertSame(StabilityRecord record, Words base) {
    StabilityReport batch = against(base, 5);
    List<String> shared = shared(base);
    assertThat(record.items()).isEqualTo(vectors.size());
    assertThat(record.baseItems()).isEqualTo(base.vectors.size());
    assertThat(record.shared()).isEqualTo(shared.size());
    Measured measured = record.measures().orElseThrow();
    assertThat(measured.eis()).isCloseTo(batch.terms().eis(), within(1e-9));
    assertThat(measured.overlap()).isCloseTo(batch.terms().overlap(), within(1e-9));
    assertThat(measured.pip()).isCloseTo(batch.terms().pip(), within(1e-9 * batch.terms().pip()));
    assertThat(Objects.requireNonNull(measured.displacement()))
        .isCloseTo(batch.displacement().mean(), within(1e-9));
    assertThat(Objects.requireNonNull(measured.neighbours().get(5)))
        .isCloseTo(batch.neighbours().orElseThrow(), within(1e-9));
    assertThat(measured.precise()).isTrue();
    List<Displacement.Moved> moved = batch.displacement().most(20);
    assertThat(record.moved()).hasSize(moved.size());
    for (int i = 0; i < moved.size(); i++) {
      assertThat(record.moved().get(i).item()).isEqualTo(shared.get(moved.get(i).row()));
      assertThat(record.moved().get(i).displacement())
          .isCloseTo(moved.get(i).displacement(), within(1e-9));
    }
    assertNear(record, base, batch.displacement().most(200));
  }

  private void assertNear(StabilityRecord record, Words base, List<Displacement.Moved> furthest) {
    List<String> shared = shared(base);
    Neighbourhoods around = record.around().orElseThrow();
    assertThat(around.k()).isEqualTo(5);
    assertThat(around.items())
        .extracting(Neighbourhood::item)
        .isEqualTo(furthest.stream().map(one -> shared.get(one.row())).toList());
    for (Neighbourhood one : around.items()) {
      assertThat(one.before()).isEqualTo(base.near(one.item(), shared));
      assertThat(one.after()).isEqualTo(near(one.item(), shared));
    }
  }

  /** By one after another. */
  private List<Neighbour> near(String word, List<String> others) {
    record Other(String word, double cosine) {}
    double[] own = Objects.requireNonNull(vectors.get(word));
    return others.stream()
        .filter(other -> !other.equals(word))
        .map(other -> new Other(other, cosine(own, Objects.requireNonNull(vectors.get(other)))))
        .sorted(Comparator.comparingDouble(Other::cosine).reversed())
        .limit(5)
        .map(other -> new Neighbour(other.word, Math.round(other.cosine * 1e6) / 1e6))
        .toList();
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
}
