package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.OptionalDouble;

/**
 * Compares two embeddings of the same items, row by row.
 *
 * <p>Measures of Leszczynski, May, Zhang, Wu, Aberger, Ré: <i>Understanding the Downstream
 * Instability of Word Embeddings</i>, MLSys 2020.
 */
public final class Stability {
  private Stability() {}

  /** Everything. */
  public static StabilityReport compare(Embedding x, Embedding y, Anchors anchors, Settings how) {
    Known known = known(x, y, anchors, how);
    Displacement displacement = Displacement.of(x, y, known.xy(), known.terms(), how.threads());
    return new StabilityReport(
        x.rows(),
        known.terms(),
        neighbours(x, y, how),
        displacement,
        known.terms().precise(how.tolerance()),
        Centroids.distance(x, y),
        MeanDiscrepancy.of(x, y));
  }

  /** The measures of the spaces alone: instability, overlap, PIP loss. */
  public static Terms terms(Embedding x, Embedding y, Anchors anchors, Settings how) {
    return known(x, y, anchors, how).terms();
  }

  /** The share of nearest neighbours in common; empty where there are too few rows. */
  public static OptionalDouble neighbours(Embedding x, Embedding y, Settings how) {
    if (x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          "a pair needs the same items, got %d and %d rows".formatted(x.rows(), y.rows()));
    }
    return x.rows() > how.neighbours()
        ? OptionalDouble.of(
            Neighbours.shared(x, y, how.neighbours(), how.queries(x.rows()), how.threads()))
        : OptionalDouble.empty();
  }

  private record Known(Terms terms, Matrix xy) {}

  /** By inner products, and again by the factor where the condition is too bad for them. */
  private static Known known(Embedding x, Embedding y, Anchors anchors, Settings how) {
    if (x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          "a pair needs the same items, got %d and %d rows".formatted(x.rows(), y.rows()));
    }
    anchors
        .mismatch(x.rows())
        .ifPresent(
            mismatch -> {
              throw new IllegalArgumentException(mismatch);
            });
    Grams grams = Grams.of(x, y, anchors, how.threads());
    Terms fast = GramTerms.of(grams, how.alpha(), how.threads());
    if (fast.precise(how.tolerance())) {
      return new Known(fast, grams.xy());
    }
    Factor factor = Factor.of(x, y, anchors, how.threads());
    Matrix xy = Matrix.of(x.dimensions(), y.dimensions());
    LinearAlgebra.get().addProduct(factor.x(), factor.y(), 1, xy);
    return new Known(FactorTerms.of(factor, how.alpha()), xy);
  }
}
