package io.assay.imputation.net;

import java.util.Arrays;

/** What is read out of a context: scores of a category's values, or a number. */
final class Heads {
  private final Layout layout;
  private final int width;
  private final float[] scores;
  private final float[] turned;
  private final float[] unit;
  private final float[] along;
  private final float[] summed;
  private final float[] ofUnit;

  Heads(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    int most = 1;
    for (int a = 0; a < layout.attributes(); a++) {
      most = Math.max(most, layout.domain(a));
    }
    this.scores = new float[batch * most];
    this.turned = new float[most * width];
    this.unit = new float[width];
    this.along = new float[width];
    this.summed = new float[width];
    this.ofUnit = new float[width];
  }

  void answer(float[] parameters, int target, float[] seen, int count, float[] into) {
    if (layout.isNumber(target)) {
      answerNumbers(parameters, target, seen, count, into);
    } else {
      answerCategory(parameters, target, seen, count, into);
    }
  }

  private void answerCategory(
      float[] parameters, int target, float[] seen, int count, float[] into) {
    int domain = layout.domain(target);
    Kernels.transpose(parameters, layout.scores(target), turned, domain, width);
    for (int i = 0; i < count; i++) {
      System.arraycopy(parameters, layout.offsets(target), into, i * domain, domain);
    }
    Kernels.addProduct(seen, 0, turned, 0, into, 0, count, width, domain);
  }

  double learnCategory(
      float[] parameters,
      Codes codes,
      int target,
      int[] rows,
      int from,
      int[] places,
      int count,
      float[] seen,
      double share,
      float[] ofSeen,
      float[] gradients) {
    int domain = layout.domain(target);
    answerCategory(parameters, target, seen, count, scores);
    double loss = 0;
    for (int i = 0; i < count; i++) {
      int value = codes.values(target)[rows[from + places[i]]];
      loss += share * lossOf(i * domain, domain, value - 1, share);
      Kernels.addMultiple(scores, i * domain, 1, gradients, layout.offsets(target), domain);
    }
    Kernels.addProduct(
        scores, 0, parameters, layout.scores(target), ofSeen, 0, count, domain, width);
    Kernels.addTransposedProduct(
        scores, 0, seen, 0, gradients, layout.scores(target), count, domain, width);
    return loss;
  }

  /** Cross-entropy; the scores become its gradient. */
  private double lossOf(int at, int domain, int right, double share) {
    float most = Float.NEGATIVE_INFINITY;
    for (int d = at; d < at + domain; d++) {
      most = Math.max(most, scores[d]);
    }
    double rightScore = (double) scores[at + right] - most;
    double sum = 0;
    for (int d = at; d < at + domain; d++) {
      double e = StrictMath.exp(scores[d] - most);
      scores[d] = (float) e;
      sum += e;
    }
    float factor = (float) (share / sum);
    for (int d = at; d < at + domain; d++) {
      scores[d] *= factor;
    }
    scores[at + right] -= (float) share;
    return StrictMath.log(sum) - rightScore;
  }

  private void answerNumbers(
      float[] parameters, int target, float[] seen, int count, float[] into) {
    int dimensions = layout.dimensions(target);
    for (int d = 0; d < dimensions; d++) {
      float bias = readOut(parameters, target, d);
      for (int i = 0; i < count; i++) {
        float sum = bias;
        for (int j = 0; j < width; j++) {
          sum += Math.max(0, seen[i * width + j]) * along[j];
        }
        into[i * dimensions + d] = sum;
      }
    }
  }

  /** The direction's unit vector, what each place of a context adds along it, and the bias. */
  private float readOut(float[] parameters, int target, int dimension) {
    int direction = layout.direction(target) + dimension * width;
    double length = length(parameters, direction);
    for (int j = 0; j < width; j++) {
      unit[j] = (float) (parameters[direction + j] / length);
    }
    for (int j = 0; j < width; j++) {
      along[j] = Kernels.dot(parameters, layout.outputWeights(target) + j * width, unit, 0, width);
    }
    return Kernels.dot(parameters, layout.outputBias(target), unit, 0, width);
  }

  private double length(float[] parameters, int direction) {
    double square = Kernels.dot(parameters, direction, parameters, direction, width);
    return Math.max(Math.sqrt(square), 1e-12);
  }

  double learnNumbers(
      float[] parameters,
      Codes codes,
      int target,
      int[] rows,
      int from,
      int[] places,
      int count,
      float[] seen,
      double share,
      float[] ofSeen,
      float[] gradients) {
    int dimensions = layout.dimensions(target);
    double each = share / dimensions;
    double loss = 0;
    for (int d = 0; d < dimensions; d++) {
      float bias = readOut(parameters, target, d);
      Arrays.fill(summed, 0);
      double total = 0;
      for (int i = 0; i < count; i++) {
        int at = i * width;
        float answer = bias;
        for (int j = 0; j < width; j++) {
          answer += Math.max(0, seen[at + j]) * along[j];
        }
        double error = answer - codes.numbers(target)[rows[from + places[i]] * dimensions + d];
        loss += each * error * error;
        float of = (float) (2 * each * error);
        total += of;
        for (int j = 0; j < width; j++) {
          float value = seen[at + j];
          if (value > 0) {
            summed[j] += of * value;
            ofSeen[at + j] += of * along[j];
          }
        }
      }
      backToHead(parameters, target, d, (float) total, gradients);
    }
    return loss;
  }

  /** {@code summed}: what came in, each times its error. */
  private void backToHead(
      float[] parameters, int target, int dimension, float total, float[] gradients) {
    int weights = layout.outputWeights(target);
    int bias = layout.outputBias(target);
    int direction = layout.direction(target) + dimension * width;
    Arrays.fill(ofUnit, 0);
    for (int j = 0; j < width; j++) {
      Kernels.addMultiple(unit, 0, summed[j], gradients, weights + j * width, width);
      Kernels.addMultiple(parameters, weights + j * width, summed[j], ofUnit, 0, width);
    }
    Kernels.addMultiple(unit, 0, total, gradients, bias, width);
    Kernels.addMultiple(parameters, bias, total, ofUnit, 0, width);
    float inward = Kernels.dot(ofUnit, 0, unit, 0, width);
    double length = length(parameters, direction);
    for (int j = 0; j < width; j++) {
      gradients[direction + j] += (float) ((ofUnit[j] - inward * unit[j]) / length);
    }
  }
}
