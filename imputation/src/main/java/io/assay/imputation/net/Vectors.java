package io.assay.imputation.net;

import java.util.Arrays;

/**
 * The vectors of a batch: each present cell's, of length 1, whatever is asked of the row. Made once
 * for all targets.
 */
final class Vectors {
  private static final double NOTHING = 1e-12;

  private final Layout layout;
  private final int width;
  private final float[][] vectors;
  private final float[][] lengths;
  private final boolean[][] dropped;
  private final float[][] first;
  private final float[] turned;
  private final float[] gradient;

  Vectors(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    this.vectors = new float[layout.attributes()][batch * width];
    this.lengths = new float[layout.attributes()][batch];
    this.dropped = new boolean[layout.attributes()][batch];
    this.first = new float[layout.attributes()][];
    for (int a = 0; a < first.length; a++) {
      first[a] = new float[layout.isNumber(a) ? batch * width : 0];
    }
    this.turned = new float[width * width];
    this.gradient = new float[batch * width];
  }

  /** Row after row. */
  float[] of(int attribute) {
    return vectors[attribute];
  }

  /** Whether the cell has a vector. */
  boolean isPresent(int attribute, int place) {
    return lengths[attribute][place] > 0;
  }

  /** Of the next batch: cells that are not seen, though they are there. */
  boolean[] dropped(int attribute) {
    return dropped[attribute];
  }

  void encode(float[] parameters, Codes codes, int[] rows, int from, int count) {
    for (int a = 0; a < layout.attributes(); a++) {
      Arrays.fill(vectors[a], 0, count * width, 0);
      if (layout.isNumber(a)) {
        encodeNumbers(parameters, codes.numbers(a), a, rows, from, count);
      } else {
        encodeValues(parameters, codes.values(a), a, rows, from, count);
      }
      for (int i = 0; i < count; i++) {
        if (lengths[a][i] > 0) {
          lengths[a][i] = normalise(vectors[a], i * width);
        }
        if (dropped[a][i]) {
          Arrays.fill(vectors[a], i * width, (i + 1) * width, 0);
          lengths[a][i] = 0;
        }
      }
    }
  }

  private void encodeValues(
      float[] parameters, int[] values, int a, int[] rows, int from, int count) {
    for (int i = 0; i < count; i++) {
      int value = values[rows[from + i]];
      lengths[a][i] = value;
      if (value > 0) {
        int at = layout.embedding(a) + (value - 1) * width;
        System.arraycopy(parameters, at, vectors[a], i * width, width);
      }
    }
  }

  private void encodeNumbers(
      float[] parameters, float[] numbers, int a, int[] rows, int from, int count) {
    int dimensions = layout.dimensions(a);
    float[] layer = first[a];
    for (int i = 0; i < count; i++) {
      int number = rows[from + i] * dimensions;
      int at = i * width;
      boolean isPresent = !Float.isNaN(numbers[number]);
      lengths[a][i] = isPresent ? 1 : 0;
      if (!isPresent) {
        Arrays.fill(layer, at, at + width, 0);
        continue;
      }
      System.arraycopy(parameters, layout.zero(a), layer, at, width);
      for (int d = 0; d < dimensions; d++) {
        int slope = layout.slope(a) + d * width;
        Kernels.addMultiple(parameters, slope, numbers[number + d], layer, at, width);
      }
      for (int j = at; j < at + width; j++) {
        layer[j] = Math.max(0, layer[j]);
      }
      System.arraycopy(parameters, layout.inputBias(a), vectors[a], at, width);
    }
    Kernels.addProduct(
        first[a], 0, parameters, layout.inputWeights(a), vectors[a], 0, count, width, width);
  }

  private float normalise(float[] all, int at) {
    double sum = 0;
    for (int j = at; j < at + width; j++) {
      sum += (double) all[j] * all[j];
    }
    double length = Math.sqrt(sum);
    if (length < NOTHING) {
      Arrays.fill(all, at, at + width, 0);
      return 0;
    }
    float factor = (float) (1 / length);
    for (int j = at; j < at + width; j++) {
      all[j] *= factor;
    }
    return (float) length;
  }

  /**
   * @param ofVectors the gradient of each attribute's vectors; changed on the way
   * @param gradients of all parameters, added to
   */
  void back(
      float[] parameters,
      Codes codes,
      int[] rows,
      int from,
      int count,
      float[][] ofVectors,
      float[] gradients) {
    for (int a = 0; a < layout.attributes(); a++) {
      backThroughLengths(a, count, ofVectors[a]);
      if (layout.isNumber(a)) {
        backToNumbers(parameters, codes.numbers(a), a, rows, from, count, ofVectors[a], gradients);
      } else {
        backToValues(codes.values(a), a, rows, from, count, ofVectors[a], gradients);
      }
    }
  }

  private void backThroughLengths(int a, int count, float[] of) {
    for (int i = 0; i < count; i++) {
      int at = i * width;
      if (lengths[a][i] > 0) {
        float along = Kernels.dot(of, at, vectors[a], at, width);
        float factor = 1 / lengths[a][i];
        for (int j = at; j < at + width; j++) {
          of[j] = (of[j] - along * vectors[a][j]) * factor;
        }
      } else {
        Arrays.fill(of, at, at + width, 0);
      }
    }
  }

  private void backToValues(
      int[] values, int a, int[] rows, int from, int count, float[] of, float[] gradients) {
    for (int i = 0; i < count; i++) {
      int value = values[rows[from + i]];
      if (value > 0) {
        int to = layout.embedding(a) + (value - 1) * width;
        Kernels.addMultiple(of, i * width, 1, gradients, to, width);
      }
    }
  }

  private void backToNumbers(
      float[] parameters,
      float[] numbers,
      int a,
      int[] rows,
      int from,
      int count,
      float[] of,
      float[] gradients) {
    int weights = layout.inputWeights(a);
    for (int i = 0; i < count; i++) {
      Kernels.addMultiple(of, i * width, 1, gradients, layout.inputBias(a), width);
    }
    Kernels.addTransposedProduct(first[a], 0, of, 0, gradients, weights, count, width, width);
    Kernels.transpose(parameters, weights, turned, width, width);
    Arrays.fill(gradient, 0, count * width, 0);
    Kernels.addProduct(of, 0, turned, 0, gradient, 0, count, width, width);
    int dimensions = layout.dimensions(a);
    for (int i = 0; i < count; i++) {
      int at = i * width;
      if (lengths[a][i] == 0) {
        continue;
      }
      for (int j = at; j < at + width; j++) {
        gradient[j] = first[a][j] > 0 ? gradient[j] : 0;
      }
      Kernels.addMultiple(gradient, at, 1, gradients, layout.zero(a), width);
      for (int d = 0; d < dimensions; d++) {
        float z = numbers[rows[from + i] * dimensions + d];
        Kernels.addMultiple(gradient, at, z, gradients, layout.slope(a) + d * width, width);
      }
    }
  }
}
