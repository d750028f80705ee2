package io.assay.imputation.net;

import java.util.Arrays;

/**
 * The attention network of AimNet (Wu, Zhang, Ilyas, Rekatsinas: <i>Attention-based Learning for
 * Missing Data Imputation in HoloClean</i>, MLSys 2020), as its authors' code has it, with
 * gradients by hand; and, where it has a hidden layer, a residual of the context between attention
 * and head, which sees how values go together.
 *
 * <p>Its arrays are one batch's, and used again for the next one. Not for several threads.
 */
public final class Network {
  private static final int[] FIRST = {0};

  private final Layout layout;
  private final int width;
  private final Vectors vectors;
  private final Attention attention;
  private final Residual residual;
  private final Heads heads;
  private final float[][] ofVectors;
  private final float[] contexts;
  private final float[] seen;
  private final float[] ofSeen;
  private final float[] ofWeights;

  /**
   * @param batch the most rows at once
   */
  public Network(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    this.vectors = new Vectors(layout, batch);
    this.attention = new Attention(layout);
    this.residual = new Residual(layout, batch);
    this.heads = new Heads(layout, batch);
    this.ofVectors = new float[layout.attributes()][batch * width];
    this.contexts = new float[batch * width];
    this.seen = new float[batch * width];
    this.ofSeen = new float[batch * width];
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
      look(a, places, n);
      residual.forward(parameters, a, contexts, seen, n);
      Arrays.fill(ofSeen, 0, n * width, 0);
      loss +=
          layout.isNumber(a)
              ? heads.learnNumbers(
                  parameters, codes, a, rows, from, places, n, seen, numberShare, ofSeen, gradients)
              : heads.learnCategory(
                  parameters, codes, a, rows, from, places, n, seen, share, ofSeen, gradients);
      residual.back(parameters, a, contexts, ofSeen, n, gradients);
      lookBack(a, places, n, gradients);
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

  /** Of the next batch: by place, whether a cell is kept from all targets' sight. */
  boolean[] dropped(int attribute) {
    return vectors.dropped(attribute);
  }

  /** Rows that are ready to be asked for their cells. */
  public void read(float[] parameters, Codes codes, int[] rows, int from, int count) {
    vectors.encode(parameters, codes, rows, from, count);
    attention.read(parameters);
  }

  /**
   * Answers for one attribute of rows that were read.
   *
   * @param into of numbers those of each place, standardised; of a category the scores of its
   *     values, a row a place
   */
  public void answer(float[] parameters, int attribute, int[] places, int count, float[] into) {
    look(attribute, places, count);
    residual.forward(parameters, attribute, contexts, seen, count);
    heads.answer(parameters, attribute, seen, count, into);
  }

  /** One row, that is ready to be asked for its cells; where parameters look is not read again. */
  public void readRow(float[] parameters, Codes row) {
    vectors.encode(parameters, row, FIRST, 0, 1);
  }

  /** Takes up where parameters look, without rows. */
  public void look(float[] parameters) {
    attention.read(parameters);
  }

  /** How much a target looks at an attribute, of all it looks at. */
  public float weight(int target, int attribute) {
    return attention.weight(target, attribute);
  }

  private void look(int target, int[] places, int count) {
    Arrays.fill(contexts, 0, count * width, 0);
    for (int b = 0; b < layout.attributes(); b++) {
      if (b == target) {
        continue;
      }
      float weight = attention.weight(target, b);
      float[] of = vectors.of(b);
      for (int i = 0; i < count; i++) {
        if (vectors.isPresent(b, places[i])) {
          Kernels.addMultiple(of, places[i] * width, weight, contexts, i * width, width);
        }
      }
    }
  }

  private void lookBack(int target, int[] places, int count, float[] gradients) {
    Arrays.fill(ofWeights, 0);
    for (int b = 0; b < layout.attributes(); b++) {
      if (b == target) {
        continue;
      }
      float weight = attention.weight(target, b);
      float[] of = vectors.of(b);
      float sum = 0;
      for (int i = 0; i < count; i++) {
        int at = places[i] * width;
        if (vectors.isPresent(b, places[i])) {
          sum += Kernels.dot(ofSeen, i * width, of, at, width);
          Kernels.addMultiple(ofSeen, i * width, weight, ofVectors[b], at, width);
        }
      }
      ofWeights[b] = sum;
    }
    attention.back(target, ofWeights, gradients);
  }
}
