package io.assay.stability;

import io.assay.stability.linalg.Eigen;
import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The terms out of {@link Grams}: with {@code Gxx = W L W'} the left basis is {@code X W L^-1/2},
 * so that only d x d matrices are needed. Rounding grows with the square of the condition.
 */
final class GramTerms {
  private final LinearAlgebra algebra = LinearAlgebra.get();
  private final Grams grams;
  private final double alpha;
  private final int threads;

  private GramTerms(Grams grams, double alpha, int threads) {
    this.grams = grams;
    this.alpha = alpha;
    this.threads = threads;
  }

  static Terms of(Grams grams, double alpha, int threads) {
    return new GramTerms(grams, alpha, threads).terms();
  }

  private Terms terms() {
    List<Matrix> all = new ArrayList<>(List.of(grams.xx(), grams.yy()));
    grams.anchors().forEach(anchor -> all.add(anchor.ee()));
    List<Supplier<Basis>> tasks = new ArrayList<>();
    all.forEach(gram -> tasks.add(() -> basis(gram)));
    List<Basis> bases = Parallel.run(threads, tasks);
    Basis x = bases.get(0);
    Basis y = bases.get(1);
    // C = U'V
    Matrix c = between(x, grams.xy(), y);
    double overlap = c.dot(c) / Math.max(grams.xx().rows(), grams.yy().rows());
    List<Basis> anchors = bases.subList(2, bases.size());
    double eis = anchors.isEmpty() ? ofPair(x, y, c) : ofAnchors(x, y, anchors, c);
    double pip = pip();
    double error = bases.stream().mapToDouble(b -> error(b.spectrum())).max().orElseThrow();
    return new Terms(
        eis,
        overlap,
        pip,
        x.spectrum(),
        y.spectrum(),
        anchors.stream().map(Basis::spectrum).toList(),
        Terms.Method.GRAM,
        error,
        cancelled(eis, pip));
  }

  private Basis basis(Matrix gram) {
    Eigen eigen = algebra.eigen(gram);
    double[] squares = eigen.values();
    int n = squares.length;
    double cut = squares[0] * Math.max(16, n) * Math.ulp(1.0);
    int rank = 0;
    while (rank < n && squares[rank] > cut && squares[rank] > 0) {
      rank++;
    }
    if (rank == 0) {
      throw new IllegalArgumentException(
          "an embedding needs a vector that is not zero, got none in %d rows"
              .formatted(grams.rows()));
    }
    double[] values = new double[rank];
    for (int i = 0; i < rank; i++) {
      values[i] = Math.sqrt(squares[i]);
    }
    Matrix kept = rank == n ? eigen.vectors() : eigen.vectors().copyColumns(0, rank);
    return new Basis(kept, values, new Spectrum(n, rank, values[0] / values[rank - 1]));
  }

  /** A direction that is missing may be one that rounding has buried: of a condition of 1e8. */
  private static double error(Spectrum spectrum) {
    double condition = spectrum.rank() < spectrum.dimensions() ? 1e8 : spectrum.condition();
    return 100 * condition * condition * Math.ulp(1.0);
  }

  /** {@code (A W L^-1/2)' (B V M^-1/2)} of two matrices known by their product. */
  private Matrix between(Basis left, Matrix product, Basis right) {
    Matrix turned = Matrix.of(left.rank(), product.columns());
    algebra.addProduct(left.directions(), product, 1, turned);
    Matrix c = algebra.times(turned, right.directions()).scaleColumns(right.inverse());
    return scaleRows(c, left.inverse());
  }

  private static Matrix scaleRows(Matrix matrix, double[] factors) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.set(i, j, matrix.get(i, j) * factors[i]);
      }
    }
    return matrix;
  }

  /**
   * With the pair as anchor A is diagonal: each direction counts by what the other misses of it.
   */
  private double ofPair(Basis x, Basis y, Matrix c) {
    double scale = Math.max(x.value(0), y.value(0));
    double[] foundInY = new double[c.rows()];
    double[] foundInX = new double[c.columns()];
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        double square = c.get(i, j) * c.get(i, j);
        foundInY[i] += square;
        foundInX[j] += square;
      }
    }
    double missed = missed(x.weights(scale, 2 * alpha), foundInY);
    missed += missed(y.weights(scale, 2 * alpha), foundInX);
    double all = Arrays.stream(x.weights(scale, 2 * alpha)).sum();
    all += Arrays.stream(y.weights(scale, 2 * alpha)).sum();
    return missed / all;
  }

  private static double missed(double[] weights, double[] found) {
    double missed = 0;
    for (int i = 0; i < weights.length; i++) {
      missed += weights[i] * Math.max(0, 1 - found[i]);
    }
    return missed;
  }

  private double ofAnchors(Basis x, Basis y, List<Basis> anchors, Matrix c) {
    double scale = anchors.stream().mapToDouble(anchor -> anchor.value(0)).max().orElseThrow();
    double missed = 0;
    double all = 0;
    for (int i = 0; i < anchors.size(); i++) {
      Basis anchor = anchors.get(i);
      double[] weights = anchor.weights(scale, alpha);
      all += Arrays.stream(weights).map(weight -> weight * weight).sum();
      Matrix a = between(x, grams.anchors().get(i).xe(), anchor).scaleColumns(weights);
      Matrix b = between(y, grams.anchors().get(i).ye(), anchor).scaleColumns(weights);
      missed += a.dot(a) + b.dot(b) - 2 * algebra.times(c, b).dot(a);
    }
    return Math.min(1, Math.max(0, missed / all));
  }

  private double pip() {
    Matrix xx = grams.xx().copy().mirrorUpper();
    Matrix yy = grams.yy().copy().mirrorUpper();
    // Squares of squares overflow early.
    double scale = Math.max(xx.maxAbs(), yy.maxAbs());
    Matrix xy = grams.xy().copy().scale(1 / scale);
    xx.scale(1 / scale);
    yy.scale(1 / scale);
    return scale * Math.sqrt(Math.max(0, xx.dot(xx) + yy.dot(yy) - 2 * xy.dot(xy)));
  }

  /** Nearly equal pairs: what is left of a difference of large sums has few digits. */
  private boolean cancelled(double eis, double pip) {
    double traces = 0;
    double scale = Math.max(grams.xx().maxAbs(), grams.yy().maxAbs());
    for (Matrix gram : List.of(grams.xx(), grams.yy())) {
      double norm = 0;
      for (int i = 0; i < gram.rows(); i++) {
        for (int j = i; j < gram.columns(); j++) {
          double entry = gram.get(i, j) / scale;
          norm += (i == j ? 1 : 2) * entry * entry;
        }
      }
      traces += norm;
    }
    double part = pip / scale;
    return eis < 1e-5 || part * part < 1e-4 * traces;
  }
}
