package io.assay.stability;

import io.assay.stability.linalg.Matrix;
import java.util.Arrays;

/** The directions of a matrix that are kept, as columns, with its singular values along them. */
final class Basis {
  private final Matrix directions;
  private final double[] values;
  private final Spectrum spectrum;

  Basis(Matrix directions, double[] values, Spectrum spectrum) {
    this.directions = directions;
    this.values = values;
    this.spectrum = spectrum;
  }

  Matrix directions() {
    return directions;
  }

  int rank() {
    return values.length;
  }

  double value(int i) {
    return values[i];
  }

  Spectrum spectrum() {
    return spectrum;
  }

  /** One by each singular value. */
  double[] inverse() {
    return Arrays.stream(values).map(value -> 1 / value).toArray();
  }

  /** Each singular value, as a share of a scale, to a power. */
  double[] weights(double scale, double power) {
    return Arrays.stream(values).map(value -> Math.pow(value / scale, power)).toArray();
  }
}
