package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import io.assay.stability.linalg.Svd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The terms out of a {@link Factor}, by singular value decompositions and, for instability, a sum
 * of squares: never negative, and right to the last digits for nearly equal pairs.
 */
final class FactorTerms {
  private final LinearAlgebra algebra = LinearAlgebra.get();
  private final Factor factor;
  private final double alpha;

  private FactorTerms(Factor factor, double alpha) {
    this.factor = factor;
    this.alpha = alpha;
  }

  static Terms of(Factor factor, double alpha) {
    return new FactorTerms(factor, alpha).terms();
  }

  private Terms terms() {
    Basis x = basis(factor.x());
    Basis y = basis(factor.y());
    List<Basis> given = factor.anchors().stream().map(this::basis).toList();
    List<Basis> anchors = given.isEmpty() ? List.of(x, y) : given;
    Matrix c = Matrix.of(x.rank(), y.rank());
    algebra.addProduct(x.directions(), y.directions(), 1, c);
    double overlap = c.dot(c) / Math.max(factor.x().columns(), factor.y().columns());
    List<Basis> all = new ArrayList<>(List.of(x, y));
    all.addAll(given);
    double condition = all.stream().mapToDouble(b -> b.spectrum().condition()).max().orElseThrow();
    return new Terms(
        eis(x, y, anchors),
        overlap,
        pip(),
        x.spectrum(),
        y.spectrum(),
        given.stream().map(Basis::spectrum).toList(),
        Terms.Method.FACTOR,
        100 * condition * Math.ulp(1.0),
        false);
  }

  private Basis basis(Matrix part) {
    double scale = part.maxAbs();
    Svd svd = algebra.svd(scale == 0 ? part : part.copy().scale(1 / scale));
    double[] values = svd.values();
    Spectrum spectrum = Spectrum.of(values, factor.rows(), part.columns());
    double[] kept = new double[spectrum.rank()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = values[i] * scale;
    }
    return new Basis(svd.u().copyColumns(0, kept.length), kept, spectrum);
  }

  /** Each anchor: |U A - V B|² with {@code A = U'P R^a, B = V'P R^a}, of {@code sum R^2a}. */
  private double eis(Basis x, Basis y, List<Basis> anchors) {
    double scale = anchors.stream().mapToDouble(anchor -> anchor.value(0)).max().orElseThrow();
    double missed = 0;
    double all = 0;
    for (Basis anchor : anchors) {
      double[] weights = anchor.weights(scale, alpha);
      all += Arrays.stream(weights).map(weight -> weight * weight).sum();
      Matrix difference = shadow(x, anchor).add(shadow(y, anchor), -1).scaleColumns(weights);
      missed += difference.dot(difference);
    }
    return Math.min(1, missed / all);
  }

  /** The directions of an anchor, projected on a space: {@code U U'P}. */
  private Matrix shadow(Basis space, Basis anchor) {
    Matrix inside = Matrix.of(space.rank(), anchor.rank());
    algebra.addProduct(space.directions(), anchor.directions(), 1, inside);
    return algebra.times(space.directions(), inside);
  }

  /** The Frobenius norm does not see the orthogonal Q before the factor. */
  private double pip() {
    double scale = Math.max(factor.x().maxAbs(), factor.y().maxAbs());
    Matrix x = factor.x().copy().scale(1 / scale);
    Matrix y = factor.y().copy().scale(1 / scale);
    Matrix all = Matrix.of(x.rows(), x.rows());
    algebra.timesTransposed(x, x, all);
    Matrix others = Matrix.of(x.rows(), x.rows());
    algebra.timesTransposed(y, y, others);
    Matrix difference = all.add(others, -1);
    return scale * (scale * Math.sqrt(difference.dot(difference)));
  }
}
