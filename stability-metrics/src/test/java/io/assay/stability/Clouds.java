package io.assay.stability;

import java.util.Random;

/** Rows for tests: seeded, so that a failure comes again. */
final class Clouds {
  private Clouds() {}

  static double[][] normal(int rows, int columns, long seed) {
    var random = new Random(seed);
    double[][] cloud = new double[rows][columns];
    for (double[] row : cloud) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return cloud;
  }

  /** Another training of the same: a little noise on every number. */
  static double[][] retrained(double[][] cloud, double noise, long seed) {
    double[][] noisy = normal(cloud.length, cloud[0].length, seed);
    for (int i = 0; i < noisy.length; i++) {
      for (int j = 0; j < noisy[i].length; j++) {
        noisy[i][j] = cloud[i][j] + noise * noisy[i][j];
      }
    }
    return noisy;
  }

  static double[][] scaled(double[][] cloud, double factor) {
    double[][] scaled = new double[cloud.length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = cloud[i].clone();
      for (int j = 0; j < scaled[i].length; j++) {
        scaled[i][j] *= factor;
      }
    }
    return scaled;
  }

  /** A rotation in the plane of two columns. */
  static double[][] turned(double[][] cloud, double angle) {
    double[][] turned = new double[cloud.length][];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = cloud[i].clone();
      turned[i][0] = Math.cos(angle) * cloud[i][0] - Math.sin(angle) * cloud[i][1];
      turned[i][1] = Math.sin(angle) * cloud[i][0] + Math.cos(angle) * cloud[i][1];
    }
    return turned;
  }
}
