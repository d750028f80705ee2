package io.assay.stability;

import io.assay.stability.linalg.Matrix;
import java.util.function.DoubleUnaryOperator;

/**
 * Uniform quantisation: values are clipped to {@code [-c, c]} and rounded, halves to even, to one
 * of {@code 2^bits} equally spaced levels with both ends among them. At 32 bits nothing changes.
 *
 * <p>The clip that loses least is found by golden section, to a hundredth, as May et al. do in
 * <i>On the Downstream Performance of Compressed Word Embeddings</i>, NeurIPS 2019. Two versions
 * share the clip of the first, and the second is aligned before.
 *
 * @param clip the largest magnitude that is left; not used at 32 bits
 */
public record Quantisation(int bits, double clip) {
  private static final int UNTOUCHED = 32;
  private static final double SMALL = (Math.sqrt(5) - 1) / 2;
  private static final double TOLERANCE = 1e-2;

  public Quantisation {
    if (bits < 1 || bits > UNTOUCHED) {
      throw new IllegalArgumentException("bits need to be 1 to 32, got " + bits);
    }
    if (!(clip > 0 && Double.isFinite(clip))) {
      throw new IllegalArgumentException("a clip needs to be more than 0, got " + clip);
    }
  }

  /** With the clip that loses least of an embedding. */
  public static Quantisation fitted(Embedding x, int bits) {
    double largest = x.blocks().stream().mapToDouble(Matrix::maxAbs).max().orElseThrow();
    if (largest == 0) {
      throw new IllegalArgumentException("quantising needs a number that is not zero, got none");
    }
    if (bits == UNTOUCHED) {
      return new Quantisation(bits, largest);
    }
    double clip = smallest(c -> loss(x, bits, c), largest);
    return new Quantisation(bits, clip);
  }

  /** The argument of the smallest of a function's values from 0 on that golden section meets. */
  private static double smallest(DoubleUnaryOperator loss, double largest) {
    double[] at = {0, largest * SMALL * SMALL, largest * SMALL, largest};
    double[] value = new double[4];
    for (int i = 0; i < 4; i++) {
      value[i] = loss.applyAsDouble(at[i]);
    }
    while (at[3] - at[0] > TOLERANCE) {
      if (value[1] < value[2]) {
        at[3] = at[2];
        value[3] = value[2];
        at[2] = at[1];
        value[2] = value[1];
        at[1] = at[0] + (at[3] - at[0]) * SMALL * SMALL;
        value[1] = loss.applyAsDouble(at[1]);
      } else {
        at[0] = at[1];
        value[0] = value[1];
        at[1] = at[2];
        value[1] = value[2];
        at[2] = at[0] + (at[3] - at[0]) * SMALL;
        value[2] = loss.applyAsDouble(at[2]);
      }
    }
    int best = 0;
    for (int i = 1; i < 4; i++) {
      best = value[i] < value[best] ? i : best;
    }
    return at[best] > 0 ? at[best] : at[1];
  }

  private static double loss(Embedding x, int bits, double clip) {
    double loss = 0;
    double[] row = new double[x.dimensions()];
    double steps = Math.pow(2, bits) - 1;
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, row);
      for (double value : row) {
        double lost = value - (clip == 0 ? 0 : rounded(value, clip, steps));
        loss += lost * lost;
      }
    }
    return loss;
  }

  private static double rounded(double value, double clip, double steps) {
    double inside = Math.max(-clip, Math.min(clip, value));
    return Math.rint(steps * (inside + clip) / (2 * clip)) * (2 * clip) / steps - clip;
  }

  public Embedding of(Embedding x) {
    if (bits == UNTOUCHED) {
      return x;
    }
    var builder = Embedding.builder(x.dimensions());
    double[] row = new double[x.dimensions()];
    double steps = Math.pow(2, bits) - 1;
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, row);
      for (int j = 0; j < row.length; j++) {
        row[j] = rounded(row[j], clip, steps);
      }
      builder.add(row);
    }
    return builder.build();
  }
}
