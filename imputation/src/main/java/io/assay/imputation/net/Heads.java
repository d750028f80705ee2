package io.assay.imputation.net;

import java.util.Arrays;

/** What is read out of a context: scores of a category's values, or a number. */
final class Heads {
  private final Layout layout;
  private final int width;
  private final float[] scores;
  private final float[] turned;
  private final float[] most;
  private final float[] sums;
  private final float[] unit;
  private final float[] along;
  private final float[] summed;
  private final float[] ofUnit;

  Heads(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    int widest = 1;
    for (int a = 0; a < layout.attributes(); a++) {
      widest = Math.max(widest, layout.domain(a));
    }
    this.scores = new float[batch * widest];
    this.turned = new float[batch * width];
    this.most = new float[batch];
    this.sums = new float[batch];
    this.unit = new float[width];
    this.along = new float[width];
    this.summed = new float[width];
    this.ofUnit = new float[width];
  }

  void answer(float[] parameters, int target, float[] seen, int count, float[] into) {
    if (layout.isNumber(target)) {
      answerNumbers(parameters, target, seen, count, into);
    } else {
      askCategory(parameters, target, seen, count, into);
    }
  }

  /** Row by row, so that a row alone has the same answer as among others. */
  private void askCategory(float[] parameters, int target, float[] seen, int count, float[] into) {
    int domain = layout.domain(target);
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < domain; d++) {
        int scores = layout.scores(target) + d * width;
        into[i * domain + d] =
            parameters[layout.offsets(target) + d]
                + Kernels.dot(seen, i * width, parameters, scores, width);
      }
    }
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
    scoreByValue(parameters, target, seen, count);
    double loss = 0;
    softmax(domain, count);
    for (int i = 0; i < count; i++) {
      int right = codes.values(target)[rows[from + places[i]]] - 1;
      float probability = scores[right * count + i];
      loss -= share * StrictMath.log(Math.max(Float.MIN_NORMAL, probability));
      scores[right * count + i] = probability - 1;
    }
    for (int d = 0; d < domain; d++) {
      float sum = 0;
      for (int i = d * count; i < (d + 1) * count; i++) {
        scores[i] *= (float) share;
        sum += scores[i];
      }
      gradients[layout.offsets(target) + d] += sum;
    }
    Kernels.addTransposedProduct(
        scores, 0, parameters, layout.scores(target), ofSeen, 0, domain, count, width);
    Kernels.addProduct(scores, 0, seen, 0, gradients, layout.scores(target), domain, count, width);
    return loss;
  }

  /** Scores of each value for all rows, value after value: the longest loops are innermost. */
  private void scoreByValue(float[] parameters, int target, float[] seen, int count) {
    int domain = layout.domain(target);
    for (int d = 0; d < domain; d++) {
      float offset = parameters[layout.offsets(target) + d];
      Arrays.fill(scores, d * count, (d + 1) * count, offset);
    }
    Kernels.transpose(seen, 0, turned, count, width);
    Kernels.addProduct(
        parameters, layout.scores(target), turned, 0, scores, 0, domain, width, count);
  }

  /** Scores become probabilities, row by row. */
  private void softmax(int domain, int count) {
    Arrays.fill(most, 0, count, Float.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, count, 0);
    for (int d = 0; d < domain; d++) {
      for (int i = 0; i < count; i++) {
        most[i] = Math.max(most[i], scores[d * count + i]);
      }
    }
    for (int d = 0; d < domain; d++) {
      for (int i = 0; i < count; i++) {
        float power = Exponential.of(scores[d * count + i] - most[i]);
        scores[d * count + i] = power;
        sums[i] += power;
      }
    }
    for (int d = 0; d < domain; d++) {
      for (int i = 0; i < count; i++) {
        scores[d * count + i] /= sums[i];
      }
    }
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
