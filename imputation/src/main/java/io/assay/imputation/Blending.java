package io.assay.imputation;

import io.assay.imputation.net.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an attribute's answers take neighbours into account, and how: by held-back cells. They
 * must lower the loss by more than its mean is uncertain by (one standard error).
 */
final class Blending {
  private static final double[] WIDTHS = {0.02, 0.05, 0.1, 0.2};
  private static final double[] NETWORKS = {0.1, 0.3, 1, 3, 10};
  private static final double LEAST_PROBABILITY = 1e-6;

  private final int attribute;
  private final List<Neighbours.Blend> tried = new ArrayList<>();
  private final double[] gains = new double[WIDTHS.length * NETWORKS.length];
  private final double[] squares = new double[gains.length];
  private int cells;

  Blending(int attribute) {
    this.attribute = attribute;
    for (double width : WIDTHS) {
      for (double network : NETWORKS) {
        tried.add(new Neighbours.Blend(width, network));
      }
    }
  }

  /**
   * A held-back cell of the row that was read last.
   *
   * @param answer of the network alone
   * @param truth has the cell
   * @param size how many numbers, or values, an answer has
   */
  void add(Asking asked, float[] answer, Codes truth, int row, int size) {
    double[] near = new double[size];
    double[] mixed = new double[size];
    asked.mix(attribute, 1, answer, near, 0, mixed);
    double alone = loss(mixed, truth, row);
    Neighbours.Search search = asked.measured(attribute);
    int at = 0;
    for (double width : WIDTHS) {
      double weight = search.gather(attribute, width, near);
      for (double network : NETWORKS) {
        asked.mix(attribute, network, answer, near, weight, mixed);
        double gain = alone - loss(mixed, truth, row);
        gains[at] += gain;
        squares[at++] += gain * gain;
      }
    }
    cells++;
  }

  /** Squared error, or what probability the right value lacks. */
  private double loss(double[] answer, Codes truth, int row) {
    float[] numbers = truth.numbers(attribute);
    if (numbers.length == 0) {
      double probability = answer[truth.values(attribute)[row] - 1];
      return -StrictMath.log(Math.max(LEAST_PROBABILITY, probability));
    }
    double loss = 0;
    for (int d = 0; d < answer.length; d++) {
      double error = answer[d] - numbers[row * answer.length + d];
      loss += error * error / answer.length;
    }
    return loss;
  }

  /** The best one; none where the network alone is as good. */
  Optional<Neighbours.Blend> best() {
    if (cells == 0) {
      return Optional.empty();
    }
    int best = 0;
    for (int i = 1; i < gains.length; i++) {
      best = gains[i] > gains[best] ? i : best;
    }
    double mean = gains[best] / cells;
    double variance = Math.max(0, squares[best] / cells - mean * mean);
    return mean > Math.sqrt(variance / cells) ? Optional.of(tried.get(best)) : Optional.empty();
  }
}
