package io.assay.imputation.net;

import java.util.Arrays;

/**
 * The attention network of AimNet (Wu, Zhang, Ilyas, Rekatsinas: <i>Attention-based Learning for
 * Missing Data Imputation in HoloClean</i>, MLSys 2020), as its authors' code has it, with
 * gradients by hand; and, where it has a hidden layer, a residual of the context between attention
 * and head, which sees how values go together. This is what learns; an {@link Answering} answers.
 *
 * <p>Its arrays are one batch's, and used again for the next one. Not for several threads.
 */
final class Network {
  private final Layout layout;
  private final int width;
  private final Vectors vectors;
  private final Attention attention;
  private final Residual residual;
  private final Heads heads;
  private final float[][] ofVectors;
  private final float[] whole;
  private final float[] products;
  private final float[] half;
  private final float[][] contexts;
  private final float[][] seen;
  private final float[][] ofSeen;
  private final float[] ofWeights;

  /**
   * @param batch the most rows at once
   */
  Network(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    this.vectors = new Vectors(layout, batch);
    this.attention = new Attention(layout);
    this.residual = new Residual(layout, batch);
    this.heads = new Heads(layout, batch);
    this.ofVectors = new float[layout.attributes()][batch * width];
    this.whole = new float[batch * width];
    this.products = new float[batch * width];
    this.half = new float[batch * width];
    this.contexts = new float[batch][width];
    this.seen = new float[batch][width];
    this.ofSeen = new float[batch][width];
    this.ofWeights = new float[layout.attributes()];
  }

  /**
   * The loss of some cells: mean cross-entropy of categories and mean squared error of numbers.
   *
   * @param rows which rows of the codes the batch has, from a place on
   * @param gradients of all parameters, added to
   */
  double learn(
      float[] parameters,
      Codes codes,
      int[] rows,
      int from,
      int count,
      Targets targets,
      float[] gradients) {
    vectors.encode(parameters, codes, rows, from, count);
    attention.read(parameters);
    for (float[] of : ofVectors) {
      Arrays.fill(of, 0, count * width, 0);
    }
    double share = 1.0 / Math.max(1, cells(targets, false));
    double numberShare = 1.0 / Math.max(1, cells(targets, true));
    double loss = 0;
    for (int a = 0; a < layout.attributes(); a++) {
      int n = targets.count(a);
      if (n == 0) {
        continue;
      }
      int[] places = targets.places(a);
      look(a, places, n, count);
      residual.forward(parameters, a, contexts, seen, n);
      loss +=
          layout.isNumber(a)
              ? heads.learnNumbers(
                  parameters, codes, a, rows, from, places, n, seen, numberShare, ofSeen, gradients)
              : heads.learnCategory(
                  parameters, codes, a, rows, from, places, n, seen, share, ofSeen, gradients);
      residual.back(a, contexts, ofSeen, n, gradients);
      lookBack(a, places, n, count, gradients);
    }
    vectors.back(parameters, codes, rows, from, count, ofVectors, gradients);
    return loss;
  }

  private int cells(Targets targets, boolean numbers) {
    int cells = 0;
    for (int a = 0; a < layout.attributes(); a++) {
      cells += layout.isNumber(a) == numbers ? targets.count(a) : 0;
    }
    return cells;
  }

  /** Of all rows of the batch at once, whether they are asked or not; then those that are. */
  private void look(int target, int[] places, int n, int count) {
    int length = count * width;
    Arrays.fill(whole, 0, length, 0);
    for (int b = 0; b < layout.attributes(); b++) {
      if (b != target) {
        Products.addMultiple(vectors.of(b), attention.weight(target, b), whole, length);
      }
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(whole, places[i] * width, contexts[i], 0, width);
    }
  }

  private void lookBack(int target, int[] places, int n, int count, float[] gradients) {
    int length = count * width;
    Arrays.fill(whole, 0, length, 0);
    for (int i = 0; i < n; i++) {
      System.arraycopy(ofSeen[i], 0, whole, places[i] * width, width);
    }
    Arrays.fill(ofWeights, 0);
    for (int b = 0; b < layout.attributes(); b++) {
      if (b != target) {
        Products.addMultiple(whole, attention.weight(target, b), ofVectors[b], length);
        ofWeights[b] = sumOfProducts(whole, vectors.of(b), length);
      }
    }
    attention.back(target, ofWeights, gradients);
  }

  /** By halves, until what is left is short: so all but that is vectorised. */
  private float sumOfProducts(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      products[i] = a[i] * b[i];
    }
    int left = length;
    while (left > width && left % 2 == 0) {
      left /= 2;
      System.arraycopy(products, left, half, 0, left);
      Products.addMultiple(half, 1, products, left);
    }
    float sum = 0;
    for (int i = 0; i < left; i++) {
      sum += products[i];
    }
    return sum;
  }
}
