package io.assay.bench.stability;

import io.assay.stability.Anchors;
import io.assay.stability.Embedding;
import io.assay.stability.PairRow;
import io.assay.stability.PairShape;
import io.assay.stability.PairState;
import io.assay.stability.Settings;
import io.assay.stability.Stability;
import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * EIS of whole embeddings beside numpy, its products and eigenvalues alone, rows a second of
 * running comparisons, and nearest neighbours beside their products: {@code ./assay bench stability
 * [THREADS]}.
 */
public final class StabilityReport {
  private static final int ROUNDS = 5;

  private StabilityReport() {}

  public static void print(List<String> more) {
    int threads = more.isEmpty() ? 1 : Integer.parseInt(more.get(0));
    System.out.printf("%s, %d thread(s)%n", LinearAlgebra.get().name(), threads);
    eis(100_000, 300, threads);
    eis(10_000, 800, threads);
    neighbours(threads);
    stream(
        "Gram, without displacement",
        PairShape.of(300, 300).withoutDisplacement(),
        PairState::fast);
    stream("Gram, all terms", PairShape.of(300, 300), PairState::fast);
    stream("factor, all terms", PairShape.of(300, 300), PairState::precise);
  }

  private static void eis(int rows, int dimensions, int threads) {
    Embedding[] pair = pair(rows, dimensions);
    Settings how = Settings.usual().withThreads(threads);
    double ours =
        Stopwatch.seconds(ROUNDS, () -> Stability.terms(pair[0], pair[1], Anchors.pair(), how));
    double alone = Stopwatch.seconds(ROUNDS, parts(rows, dimensions));
    System.out.printf(
        Locale.ROOT,
        "EIS %d x %d: %.3f s; products and eigenvalues alone, one thread, %.3f s%n",
        rows,
        dimensions,
        ours,
        alone);
    Optional<Numpy.Seconds> numpy = Numpy.run(rows, dimensions, ROUNDS, threads);
    numpy.ifPresentOrElse(
        its ->
            System.out.printf(
                Locale.ROOT,
                "  numpy: Grams %.3f s (ours is %.2f of it), four SVDs %.2f s (ours is %.1f times"
                    + " faster)%n",
                its.grams(),
                ours / its.grams(),
                its.decompositions(),
                its.decompositions() / ours),
        () -> System.out.println("  numpy is not here"));
  }

  /** The same products and decompositions and nothing else. */
  private static Runnable parts(int rows, int dimensions) {
    LinearAlgebra algebra = LinearAlgebra.get();
    int height = Math.min(rows, 4000);
    Matrix x = normal(height, dimensions, 1);
    Matrix y = normal(height, dimensions, 2);
    return () -> {
      Matrix xx = Matrix.of(dimensions, dimensions);
      Matrix yy = Matrix.of(dimensions, dimensions);
      Matrix xy = Matrix.of(dimensions, dimensions);
      for (int done = 0; done < rows; done += height) {
        int count = Math.min(height, rows - done);
        algebra.addGram(x.slice(0, count), 1, xx);
        algebra.addGram(y.slice(0, count), 1, yy);
        algebra.addProduct(x.slice(0, count), y.slice(0, count), 1, xy);
      }
      algebra.eigen(xx);
      algebra.eigen(yy);
    };
  }

  private static void neighbours(int threads) {
    Embedding[] pair = pair(10_000, 300);
    Settings how = Settings.usual().withThreads(threads);
    double ours = Stopwatch.seconds(ROUNDS, () -> Stability.neighbours(pair[0], pair[1], how));
    Matrix queries = normal(1000, 300, 3);
    Matrix all = normal(10_000, 300, 4);
    Matrix scores = Matrix.of(1000, 10_000);
    double products =
        Stopwatch.seconds(
            ROUNDS,
            () -> {
              LinearAlgebra.get().timesTransposed(queries, all, scores);
              LinearAlgebra.get().timesTransposed(queries, all, scores);
            });
    System.out.printf(
        Locale.ROOT,
        "k-NN 10000 x 300, 1000 queries: %.3f s; the two products, one thread, %.3f s (%.2f of"
            + " them)%n",
        ours,
        products,
        ours / products);
  }

  private static void stream(String of, PairShape shape, Function<PairShape, PairState> kind) {
    List<PairRow> rows = new ArrayList<>();
    var random = new Random(5);
    for (int i = 0; i < 4000; i++) {
      double[] x = random.doubles(300).map(u -> random.nextGaussian()).toArray();
      double[] y = x.clone();
      for (int j = 0; j < y.length; j++) {
        y[j] += 0.5 * random.nextGaussian();
      }
      rows.add(PairRow.of("item " + i, x, y));
    }
    int count = 40_000;
    double seconds =
        Stopwatch.seconds(
            ROUNDS,
            () -> {
              PairState state = kind.apply(shape);
              for (int i = 0; i < count; i++) {
                state.add(rows.get(i % rows.size()));
              }
              state.needsRebuild();
            });
    System.out.printf(
        Locale.ROOT, "stream, d = 300, one thread, %s: %.0f rows a second%n", of, count / seconds);
  }

  private static Embedding[] pair(int rows, int dimensions) {
    var random = new Random(1);
    Embedding.Builder x = Embedding.builder(dimensions);
    Embedding.Builder y = Embedding.builder(dimensions);
    double[] left = new double[dimensions];
    double[] right = new double[dimensions];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < dimensions; j++) {
        left[j] = random.nextGaussian();
        right[j] = left[j] + 0.5 * random.nextGaussian();
      }
      x.add(left);
      y.add(right);
    }
    return new Embedding[] {x.build(), y.build()};
  }

  private static Matrix normal(int rows, int columns, long seed) {
    var random = new Random(seed);
    Matrix matrix = Matrix.of(rows, columns);
    double[] row = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
      matrix.setRow(i, row);
    }
    return matrix;
  }
}
