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
  private final float[] inner;
  private final float[] ofInner;
  private final float[] turned;

  Residual(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    this.hidden = layout.hidden();
    this.inner = new float[batch * hidden];
    this.ofInner = new float[batch * hidden];
    this.turned = new float[width * hidden];
  }

  private int in(int target) {
    return layout.residual(target);
  }

  private int inBias(int target) {
    return in(target) + width * hidden;
  }

  private int out(int target) {
    return inBias(target) + hidden;
  }

  private int outBias(int target) {
    return out(target) + hidden * width;
  }

  void forward(float[] parameters, int target, float[] contexts, float[] seen, int count) {
    System.arraycopy(contexts, 0, seen, 0, count * width);
    if (hidden == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      System.arraycopy(parameters, inBias(target), inner, i * hidden, hidden);
      Kernels.addMultiple(parameters, outBias(target), 1, seen, i * width, width);
    }
    Kernels.addProduct(contexts, 0, parameters, in(target), inner, 0, count, width, hidden);
    for (int i = 0; i < count * hidden; i++) {
      inner[i] = Math.max(0, inner[i]);
    }
    Kernels.addProduct(inner, 0, parameters, out(target), seen, 0, count, hidden, width);
  }

  /**
   * @param of the gradient of what was seen; becomes that of the contexts
   */
  void back(
      float[] parameters, int target, float[] contexts, float[] of, int count, float[] gradients) {
    if (hidden == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      Kernels.addMultiple(of, i * width, 1, gradients, outBias(target), width);
    }
    Kernels.addTransposedProduct(inner, 0, of, 0, gradients, out(target), count, hidden, width);
    Kernels.transpose(parameters, out(target), turned, hidden, width);
    Arrays.fill(ofInner, 0, count * hidden, 0);
    Kernels.addProduct(of, 0, turned, 0, ofInner, 0, count, width, hidden);
    for (int i = 0; i < count * hidden; i++) {
      ofInner[i] = inner[i] > 0 ? ofInner[i] : 0;
    }
    for (int i = 0; i < count; i++) {
      Kernels.addMultiple(ofInner, i * hidden, 1, gradients, inBias(target), hidden);
    }
    Kernels.addTransposedProduct(
        contexts, 0, ofInner, 0, gradients, in(target), count, width, hidden);
    Kernels.transpose(parameters, in(target), turned, width, hidden);
    Kernels.addProduct(ofInner, 0, turned, 0, of, 0, count, hidden, width);
  }
}
