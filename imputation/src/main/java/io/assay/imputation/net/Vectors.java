package io.assay.imputation.net;

import java.util.Arrays;

/**
 * The vectors of a batch that is learned of: each present cell's, of length 1, whatever is asked of
 * the row. Made once for all targets. Those of an attribute follow each other in one array.
 */
final class Vectors {
  private static final double NOTHING = 1e-12;

  private final Layout layout;
  private final int width;
  private final float[][] vectors;
  private final float[][] lengths;
  private final float[][][] first;
  private final float[][] weights;
  private final float[][] turned;
  private final float[][] rows;
  private final float[][] gradient;
  private final float[][] ofWeights;
  private final float[] zero;
  private final float[] slope;

  Vectors(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    this.vectors = new float[layout.attributes()][batch * width];
    this.lengths = new float[layout.attributes()][batch];
    this.first = new float[layout.attributes()][][];
    for (int a = 0; a < first.length; a++) {
      first[a] = new float[layout.isNumber(a) ? batch : 0][width];
    }
    this.weights = new float[width][width];
    this.turned = new float[width][width];
    this.ofWeights = new float[width][width];
    this.rows = new float[batch][width];
    this.gradient = new float[batch][width];
    this.zero = new float[width];
    this.slope = new float[width];
  }

  /** Row after row. */
  float[] of(int attribute) {
    return vectors[attribute];
  }

  void encode(float[] parameters, Codes codes, int[] rows, int from, int count) {
    for (int a = 0; a < layout.attributes(); a++) {
      if (layout.isNumber(a)) {
        encodeNumbers(parameters, codes.numbers(a), a, rows, from, count);
      } else {
        encodeValues(parameters, codes.values(a), a, rows, from, count);
      }
      for (int i = 0; i < count; i++) {
        if (lengths[a][i] > 0) {
          lengths[a][i] = normalise(vectors[a], i * width);
        } else {
          Arrays.fill(vectors[a], i * width, (i + 1) * width, 0);
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
      float[] parameters, float[] numbers, int a, int[] chosen, int from, int count) {
    int dimensions = layout.dimensions(a);
    System.arraycopy(parameters, layout.zero(a), zero, 0, width);
    for (int i = 0; i < count; i++) {
      int number = chosen[from + i] * dimensions;
      boolean isPresent = !Float.isNaN(numbers[number]);
      lengths[a][i] = isPresent ? 1 : 0;
      float[] layer = first[a][i];
      System.arraycopy(zero, 0, layer, 0, width);
      for (int d = 0; d < dimensions && isPresent; d++) {
        System.arraycopy(parameters, layout.slope(a) + d * width, slope, 0, width);
        Products.addMultiple(slope, numbers[number + d], layer, width);
      }
      for (int j = 0; j < width; j++) {
        layer[j] = Math.max(0, layer[j]);
      }
      if (!isPresent) {
        Arrays.fill(layer, 0);
      }
      System.arraycopy(parameters, layout.inputBias(a), rows[i], 0, width);
    }
    Products.split(parameters, layout.inputWeights(a), weights, width, width);
    Products.add(first[a], weights, rows, count, width, width);
    Products.join(rows, vectors[a], 0, count, width);
  }

  private float normalise(float[] all, int at) {
    double even = 0;
    double odd = 0;
    for (int j = at; j < at + width; j += 2) {
      even += (double) all[j] * all[j];
    }
    for (int j = at + 1; j < at + width; j += 2) {
      odd += (double) all[j] * all[j];
    }
    double length = Math.sqrt(even + odd);
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
    float[] all = vectors[a];
    for (int i = 0; i < count; i++) {
      int at = i * width;
      if (lengths[a][i] > 0) {
        float along = along(of, all, at);
        float factor = 1 / lengths[a][i];
        for (int j = at; j < at + width; j++) {
          of[j] = (of[j] - along * all[j]) * factor;
        }
      } else {
        Arrays.fill(of, at, at + width, 0);
      }
    }
  }

  private float along(float[] of, float[] all, int at) {
    float even = 0;
    float odd = 0;
    int end = at + width - width % 2;
    for (int j = at; j < end; j += 2) {
      even = Math.fma(of[j], all[j], even);
      odd = Math.fma(of[j + 1], all[j + 1], odd);
    }
    return width % 2 == 0 ? even + odd : Math.fma(of[end], all[end], even + odd);
  }

  private void backToValues(
      int[] values, int a, int[] rows, int from, int count, float[] of, float[] gradients) {
    for (int i = 0; i < count; i++) {
      int value = values[rows[from + i]];
      if (value > 0) {
        int to = layout.embedding(a) + (value - 1) * width;
        for (int j = 0; j < width; j++) {
          gradients[to + j] += of[i * width + j];
        }
      }
    }
  }

  private void backToNumbers(
      float[] parameters,
      float[] numbers,
      int a,
      int[] chosen,
      int from,
      int count,
      float[] of,
      float[] gradients) {
    Products.split(of, 0, rows, count, width);
    Products.split(parameters, layout.inputWeights(a), weights, width, width);
    Products.transpose(weights, turned, width, width);
    Products.split(gradients, layout.inputWeights(a), ofWeights, width, width);
    Products.addTransposed(first[a], rows, ofWeights, width, count, width);
    Products.join(ofWeights, gradients, layout.inputWeights(a), width, width);
    System.arraycopy(gradients, layout.inputBias(a), zero, 0, width);
    for (int i = 0; i < count; i++) {
      Products.addMultiple(rows[i], 1, zero, width);
      Arrays.fill(gradient[i], 0);
    }
    System.arraycopy(zero, 0, gradients, layout.inputBias(a), width);
    Products.add(rows, turned, gradient, count, width, width);
    System.arraycopy(gradients, layout.zero(a), zero, 0, width);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        gradient[i][j] = first[a][i][j] > 0 ? gradient[i][j] : 0;
      }
      Products.addMultiple(gradient[i], 1, zero, width);
    }
    System.arraycopy(zero, 0, gradients, layout.zero(a), width);
    int dimensions = layout.dimensions(a);
    for (int d = 0; d < dimensions; d++) {
      int at = layout.slope(a) + d * width;
      System.arraycopy(gradients, at, slope, 0, width);
      for (int i = 0; i < count; i++) {
        if (lengths[a][i] > 0) {
          float z = numbers[chosen[from + i] * dimensions + d];
          Products.addMultiple(gradient[i], z, slope, width);
        }
      }
      System.arraycopy(slope, 0, gradients, at, width);
    }
  }
}
