package io.assay.simulate;

import java.util.random.RandomGenerator;

/** By chance. */
final class Draw {
  private Draw() {}

  /** One of several, each with its share; the shares add up to 1. */
  static String one(RandomGenerator random, String[] names, double... shares) {
    double left = random.nextDouble();
    for (int i = 0; i < names.length - 1; i++) {
      left -= shares[i];
      if (left < 0) {
        return names[i];
      }
    }
    return names[names.length - 1];
  }

  static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** How many there are where so many are usual (Knuth); for small means. */
  static int poisson(RandomGenerator random, double mean) {
    double left = Math.exp(-mean);
    int count = 0;
    for (double p = random.nextDouble(); p > left; p *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
