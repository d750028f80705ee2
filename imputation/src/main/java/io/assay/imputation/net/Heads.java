package io.assay.imputation.net;

import java.util.Arrays;

/** What is learned of what contexts are read out as: scores of a category's values, or a number. */
final class Heads {
  private final Layout layout;
  private final int width;
  private final float[][] scores;
  private final float[][] weights;
  private final float[][] turned;
  private final float[][] ofTurned;
  private final float[] most;
  private final float[] sums;
  private final float[] unit;
  private final float[] along;
  private final float[] relu;
  private final float[] summed;
  private final float[] ofUnit;
  private final float[] row;

  Heads(Layout layout, int batch) {
    this.layout = layout;
    this.width = layout.width();
    int widest = width;
    for (int a = 0; a < layout.attributes(); a++) {
      widest = Math.max(widest, layout.domain(a));
    }
    this.scores = new float[widest][batch];
    this.weights = new float[widest][width];
    this.turned = new float[width][batch];
    this.ofTurned = new float[width][batch];
    this.most = new float[batch];
    this.sums = new float[batch];
    this.unit = new float[width];
    this.along = new float[width];
    this.relu = new float[width];
    this.summed = new float[width];
    this.ofUnit = new float[width];
    this.row = new float[width];
  }

  /**
   * @param ofSeen the gradient of what was seen, set
   */
  double learnCategory(
      float[] parameters,
      Codes codes,
      int target,
      int[] rows,
      int from,
      int[] places,
      int count,
      float[][] seen,
      double share,
      float[][] ofSeen,
      float[] gradients) {
    int domain = layout.domain(target);
    scoreByValue(parameters, target, seen, count);
    softmax(domain, count);
    double loss = 0;
    for (int i = 0; i < count; i++) {
      int right = codes.values(target)[rows[from + places[i]]] - 1;
      float probability = scores[right][i];
      loss -= share * StrictMath.log(Math.max(Float.MIN_NORMAL, probability));
      scores[right][i] = probability - 1;
    }
    for (int d = 0; d < domain; d++) {
      float[] of = scores[d];
      for (int i = 0; i < count; i++) {
        of[i] *= (float) share;
      }
      float sum = 0;
      for (int i = 0; i < count; i++) {
        sum += of[i];
      }
      gradients[layout.offsets(target) + d] += sum;
    }
    for (float[] of : ofTurned) {
      Arrays.fill(of, 0, count, 0);
    }
    Products.addTransposed(weights, scores, ofTurned, width, domain, count);
    Products.transpose(ofTurned, ofSeen, width, count);
    Products.split(gradients, layout.scores(target), weights, domain, width);
    Products.add(scores, seen, weights, domain, count, width);
    Products.join(weights, gradients, layout.scores(target), domain, width);
    return loss;
  }

  /** Scores of each value for all rows, value after value: the longest loops are innermost. */
  private void scoreByValue(float[] parameters, int target, float[][] seen, int count) {
    int domain = layout.domain(target);
    for (int d = 0; d < domain; d++) {
      Arrays.fill(scores[d], 0, count, parameters[layout.offsets(target) + d]);
    }
    Products.split(parameters, layout.scores(target), weights, domain, width);
    Products.transpose(seen, turned, count, width);
    Products.add(weights, turned, scores, domain, width, count);
  }

  /** Scores become probabilities, row by row. */
  private void softmax(int domain, int count) {
    Arrays.fill(most, 0, count, Float.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, count, 0);
    for (int d = 0; d < domain; d++) {
      float[] of = scores[d];
      for (int i = 0; i < count; i++) {
        most[i] = Math.max(most[i], of[i]);
      }
    }
    for (int d = 0; d < domain; d++) {
      float[] of = scores[d];
      for (int i = 0; i < count; i++) {
        of[i] = Exponential.of(of[i] - most[i]);
      }
      for (int i = 0; i < count; i++) {
        sums[i] += of[i];
      }
    }
    for (int d = 0; d < domain; d++) {
      float[] of = scores[d];
      for (int i = 0; i < count; i++) {
        of[i] /= sums[i];
      }
    }
  }

  /**
   * @param ofSeen the gradient of what was seen, set
   */
  double learnNumbers(
      float[] parameters,
      Codes codes,
      int target,
      int[] rows,
      int from,
      int[] places,
      int count,
      float[][] seen,
      double share,
      float[][] ofSeen,
      float[] gradients) {
    int dimensions = layout.dimensions(target);
    double each = share / dimensions;
    double loss = 0;
    for (int i = 0; i < count; i++) {
      Arrays.fill(ofSeen[i], 0);
    }
    Products.split(parameters, layout.outputWeights(target), weights, width, width);
    for (int d = 0; d < dimensions; d++) {
      float bias = readOut(parameters, target, d);
      Arrays.fill(summed, 0);
      double total = 0;
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < width; j++) {
          relu[j] = Math.max(0, seen[i][j]);
        }
        float answer = bias + Products.dot(relu, along, width);
        double error = answer - codes.numbers(target)[rows[from + places[i]] * dimensions + d];
        loss += each * error * error;
        float of = (float) (2 * each * error);
        total += of;
        Products.addMultiple(relu, of, summed, width);
        Products.addMultiple(along, of, ofSeen[i], width);
      }
      backToHead(parameters, target, d, (float) total, gradients);
    }
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        ofSeen[i][j] = seen[i][j] > 0 ? ofSeen[i][j] : 0;
      }
    }
    return loss;
  }

  /** The direction's unit vector, what each place of a context adds along it, and the bias. */
  private float readOut(float[] parameters, int target, int dimension) {
    System.arraycopy(parameters, layout.direction(target) + dimension * width, unit, 0, width);
    float length = length();
    for (int j = 0; j < width; j++) {
      unit[j] /= length;
    }
    for (int j = 0; j < width; j++) {
      along[j] = Products.dot(weights[j], unit, width);
    }
    System.arraycopy(parameters, layout.outputBias(target), row, 0, width);
    return Products.dot(row, unit, width);
  }

  private float length() {
    return (float) Math.max(Math.sqrt(Products.dot(unit, unit, width)), 1e-12);
  }

  /** {@code summed}: what came in, each times its error. */
  private void backToHead(
      float[] parameters, int target, int dimension, float total, float[] gradients) {
    int at = layout.outputWeights(target);
    Arrays.fill(ofUnit, 0);
    for (int j = 0; j < width; j++) {
      Products.addMultiple(weights[j], summed[j], ofUnit, width);
      System.arraycopy(gradients, at + j * width, row, 0, width);
      Products.addMultiple(unit, summed[j], row, width);
      System.arraycopy(row, 0, gradients, at + j * width, width);
    }
    System.arraycopy(gradients, layout.outputBias(target), row, 0, width);
    Products.addMultiple(unit, total, row, width);
    System.arraycopy(row, 0, gradients, layout.outputBias(target), width);
    System.arraycopy(parameters, layout.outputBias(target), row, 0, width);
    Products.addMultiple(row, total, ofUnit, width);
    float inward = Products.dot(ofUnit, unit, width);
    int direction = layout.direction(target) + dimension * width;
    System.arraycopy(parameters, direction, row, 0, width);
    double length = Math.max(Math.sqrt(Products.dot(row, row, width)), 1e-12);
    for (int j = 0; j < width; j++) {
      gradients[direction + j] += (float) ((ofUnit[j] - inward * unit[j]) / length);
    }
  }
}
