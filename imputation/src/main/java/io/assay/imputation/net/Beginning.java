package io.assay.imputation.net;

import java.util.Random;

/** Parameters before the first step. */
public final class Beginning {
  private Beginning() {}

  /** The same seed gives the same ones. */
  public static float[] of(Layout layout, long seed) {
    var random = new Random(seed);
    float[] parameters = new float[layout.size()];
    int k = layout.width();
    for (int a = 0; a < layout.attributes(); a++) {
      if (layout.isNumber(a)) {
        fill(parameters, layout.slope(a), layout.dimensions(a) * k, Math.sqrt(2.0 / k), random);
        fill(parameters, layout.inputWeights(a), k * k, Math.sqrt(1.0 / k), random);
        fill(parameters, layout.zero(a), k, Math.sqrt(1.0 / k), random);
        fill(parameters, layout.direction(a), layout.dimensions(a) * k, Math.sqrt(2.0 / k), random);
        fill(parameters, layout.outputWeights(a), k * k, Math.sqrt(1.0 / k), random);
      } else {
        double spread = Math.sqrt(2.0 / (layout.domain(a) + k));
        fill(parameters, layout.embedding(a), layout.domain(a) * k, spread, random);
        fill(parameters, layout.scores(a), layout.domain(a) * k, spread, random);
      }
      if (layout.hidden() > 0) {
        // The way back begins at zero: at first the network is the plain one.
        fill(parameters, layout.residual(a), k * layout.hidden(), Math.sqrt(2.0 / k), random);
      }
    }
    return parameters;
  }

  private static void fill(float[] parameters, int at, int count, double spread, Random random) {
    for (int i = 0; i < count; i++) {
      parameters[at + i] = (float) (spread * random.nextGaussian());
    }
  }
}
