package io.assay.stability;

import java.util.List;

/**
 * The three measures that depend on the spaces alone, and how far they can be trusted.
 *
 * @param eis eigenspace instability: 0 stable, at most 1
 * @param overlap eigenspace overlap: 1 where the spaces are equal and of full rank
 * @param pip Frobenius norm of the difference of all inner products
 * @param anchors of the anchors given; empty where the pair is its own
 * @param method how they were computed
 * @param error a bound of the rounding error of eis and overlap, a hundred times what is usual
 * @param cancelled whether the pair is so nearly equal that a difference of large sums leaves few
 *     digits of eis and pip
 */
public record Terms(
    double eis,
    double overlap,
    double pip,
    Spectrum x,
    Spectrum y,
    List<Spectrum> anchors,
    Method method,
    double error,
    boolean cancelled) {

  /** From which sums over rows. */
  public enum Method {
    /** Inner products of columns: fast, loses digits with the square of the condition. */
    GRAM,
    /** The triangular factor: four times slower, loses digits with the condition. */
    FACTOR
  }

  public Terms {
    anchors = List.copyOf(anchors);
  }

  Terms withError(double worse) {
    return new Terms(eis, overlap, pip, x, y, anchors, method, worse, cancelled);
  }

  boolean precise(double tolerance) {
    return error <= tolerance && !cancelled;
  }

  /** The worse of the pair's. */
  public double condition() {
    return Math.max(x.condition(), y.condition());
  }

  /**
   * Whether the eigenspace instability says anything of so many items: where the vectors of both
   * span as many directions, it is 0 whatever changed.
   */
  public boolean saysEis(long items) {
    return Math.min(x.rank(), y.rank()) < items;
  }
}
