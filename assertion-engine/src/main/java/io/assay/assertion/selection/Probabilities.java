package io.assay.assertion.selection;

import java.util.Arrays;

/** How likely a model holds each class, as far as it told; immutable. */
public final class Probabilities {
  private static final double ROUNDING = 1e-3;

  private final double[] classes;

  private Probabilities(double[] classes) {
    this.classes = classes;
  }

  /**
   * Takes the probability of each class.
   *
   * @throws IllegalArgumentException unless there are two at least, each in 0 .. 1, that add up to
   *     1 within a thousandth
   */
  public static Probabilities of(double... classes) {
    double sum = Arrays.stream(classes).sum();
    boolean inRange = Arrays.stream(classes).allMatch(p -> p >= 0 && p <= 1 + ROUNDING);
    if (classes.length < 2 || !inRange || Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "probabilities are two or more in 0 .. 1 that add up to 1, got "
              + Arrays.toString(classes));
    }
    return new Probabilities(classes.clone());
  }

  /**
   * Takes a score alone as two classes: what the model said, and that it is not so.
   *
   * @throws IllegalArgumentException unless it is in 0 .. 1
   */
  public static Probabilities ofConfidence(double confidence) {
    return of(confidence, 1 - confidence);
  }

  /** How unsure the model was, in 0 .. 1: 0 where it holds one class for certain. */
  public double uncertainty(Strategy.Measure measure) {
    return switch (measure) {
      case LEAST_CONFIDENT -> 1 - largest();
      case MARGIN -> 1 - (largest() - second());
      case ENTROPY -> entropy() / Math.log(classes.length);
    };
  }

  private double largest() {
    double largest = 0;
    for (double p : classes) {
      largest = Math.max(largest, p);
    }
    return largest;
  }

  private double second() {
    double first = -1;
    double second = -1;
    for (double p : classes) {
      if (p > first) {
        second = first;
        first = p;
      } else if (p > second) {
        second = p;
      }
    }
    return second;
  }

  private double entropy() {
    double sum = 0;
    for (double p : classes) {
      sum -= p <= 0 ? 0 : p * Math.log(p);
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Probabilities that && Arrays.equals(classes, that.classes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(classes);
  }

  @Override
  public String toString() {
    return Arrays.toString(classes);
  }
}
