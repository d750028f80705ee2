package io.assay.imputation.net;

import java.util.Arrays;

/**
 * What a context says beyond the sum of its parts: {@code x + relu(x M + c) N + d}, of each target
 * its own. A sum of vectors cannot say "both"; a layer behind it can.
 */
final class Residual {
  private final Layout layout;
  private final int width;
  private final int hidden;
  private final float[][] inner;
  private final float[][] ofInner;
  private final float[][] in;
  private final float[][] out;
  private final float[][] turned;
  private final float[] bias;

  Residual(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    this.hidden = layout.hidden();
    this.inner = new float[batch][hidden];
    this.ofInner = new float[batch][hidden];
    this.in = new float[width][hidden];
    this.out = new float[hidden][width];
    int larger = Math.max(width, hidden);
    this.turned = new float[larger][larger];
    this.bias = new float[larger];
  }

  void forward(float[] parameters, int target, float[][] contexts, float[][] seen, int count) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(contexts[i], 0, seen[i], 0, width);
    }
    if (hidden == 0) {
      return;
    }
    Products.split(parameters, layout.residual(target), in, width, hidden);
    Products.split(parameters, layout.residualOut(target), out, hidden, width);
    System.arraycopy(parameters, layout.residualOutBias(target), bias, 0, width);
    for (int i = 0; i < count; i++) {
      System.arraycopy(parameters, layout.residualBias(target), inner[i], 0, hidden);
      Products.addMultiple(bias, 1, seen[i], width);
    }
    Products.add(contexts, in, inner, count, width, hidden);
    for (int i = 0; i < count; i++) {
      float[] row = inner[i];
      for (int j = 0; j < hidden; j++) {
        row[j] = Math.max(0, row[j]);
      }
    }
    Products.add(inner, out, seen, count, hidden, width);
  }

  /**
   * Behind {@link #forward} of the same target.
   *
   * @param of the gradient of what was seen; becomes that of the contexts
   */
  void back(int target, float[][] contexts, float[][] of, int count, float[] gradients) {
    if (hidden == 0) {
      return;
    }
    addRows(of, count, width, layout.residualOutBias(target), gradients);
    for (int i = 0; i < count; i++) {
      Arrays.fill(ofInner[i], 0);
    }
    Products.transpose(out, turned, hidden, width);
    Products.add(of, turned, ofInner, count, width, hidden);
    addProduct(inner, of, layout.residualOut(target), hidden, count, width, out, gradients);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < hidden; j++) {
        ofInner[i][j] = inner[i][j] > 0 ? ofInner[i][j] : 0;
      }
    }
    addRows(ofInner, count, hidden, layout.residualBias(target), gradients);
    Products.transpose(in, turned, width, hidden);
    addProduct(contexts, ofInner, layout.residual(target), width, count, hidden, in, gradients);
    Products.add(ofInner, turned, of, count, hidden, width);
  }

  private void addRows(float[][] of, int count, int length, int at, float[] gradients) {
    System.arraycopy(gradients, at, bias, 0, length);
    for (int i = 0; i < count; i++) {
      Products.addMultiple(of[i], 1, bias, length);
    }
    System.arraycopy(bias, 0, gradients, at, length);
  }

  private static void addProduct(
      float[][] a,
      float[][] b,
      int at,
      int n,
      int count,
      int m,
      float[][] room,
      float[] gradients) {
    Products.split(gradients, at, room, n, m);
    Products.addTransposed(a, b, room, n, count, m);
    Products.join(room, gradients, at, n, m);
  }
}
