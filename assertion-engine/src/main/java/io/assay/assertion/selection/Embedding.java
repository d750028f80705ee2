package io.assay.assertion.selection;

import java.util.Arrays;

/** A vector in which near means alike; immutable. */
public final class Embedding {
  private final float[] values;

  private Embedding(float[] values) {
    this.values = values;
  }

  /**
   * Takes a vector.
   *
   * @throws IllegalArgumentException where a number is not finite
   */
  public static Embedding of(float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("an embedding is of finite numbers, got " + value);
      }
    }
    return new Embedding(values.clone());
  }

  /** Squared Euclidean distance; vectors of different lengths are infinitely far apart. */
  double squaredDistance(Embedding other) {
    if (values.length != other.values.length) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - other.values[i];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
