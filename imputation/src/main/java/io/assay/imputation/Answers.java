package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What networks said of held-back cells, beside what was true. */
final class Answers {
  /** Fewer do not say how sure a column's answers are. */
  private static final int FEW = 30;

  private final List<List<float[]>> scores = new ArrayList<>();
  private final List<List<Integer>> right = new ArrayList<>();
  private final List<List<Float>> errors = new ArrayList<>();
  private final Codebook codebook;
  private final Layout layout;

  Answers(Codebook codebook, Layout layout) {
    this.codebook = codebook;
    this.layout = layout;
    for (int a = 0; a < layout.attributes(); a++) {
      scores.add(new ArrayList<>());
      right.add(new ArrayList<>());
      errors.add(new ArrayList<>());
    }
  }

  /** Asks for a held-back cell of the row that was read last; its value is known. */
  void take(Asking asked, int a, int row, Codes truth) {
    float[] answer = new float[layout.isNumber(a) ? layout.dimensions(a) : layout.domain(a)];
    asked.answer(a, answer);
    if (layout.isNumber(a)) {
      for (int d = 0; d < answer.length; d++) {
        errors.get(a).add(truth.numbers(a)[row * answer.length + d] - answer[d]);
      }
    } else {
      scores.get(a).add(Arrays.copyOf(answer, codebook.answers(a)));
      right.get(a).add(truth.values(a)[row] - 1);
    }
  }

  /** Of each attribute, beside the commonest value and the mean. */
  List<Card.Score> scores() {
    List<Card.Score> all = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      Column column = codebook.schema().columns().get(a);
      boolean isNumber = layout.isNumber(a);
      int cells = isNumber ? errors.get(a).size() / layout.dimensions(a) : right.get(a).size();
      double score = cells == 0 ? Double.NaN : isNumber ? error(a) : accuracy(a);
      double commonest =
          right.get(a).stream().filter(value -> value == 0).count() / (double) Math.max(1, cells);
      all.add(new Card.Score(column, cells, score, isNumber ? 1 : commonest));
    }
    return all;
  }

  /**
   * Whether it is better than another network asked for the same cells, by more than twice what the
   * difference is uncertain by: of the shares of wrong categories and the roots of the mean squares
   * of numbers, summed over attributes.
   */
  boolean areClearlyBetterThan(Answers others) {
    double gain = 0;
    double variance = 0;
    for (int a = 0; a < layout.attributes(); a++) {
      double[] gains = gains(a, others);
      double mean = Arrays.stream(gains).average().orElse(0);
      double squares = Arrays.stream(gains).map(one -> (one - mean) * (one - mean)).sum();
      gain += mean;
      variance += squares / Math.max(1, (double) gains.length * gains.length);
    }
    return gain > 2 * Math.sqrt(variance);
  }

  /** Of each cell; of numbers such that their mean is by how much the root is smaller. */
  private double[] gains(int a, Answers others) {
    if (layout.isNumber(a)) {
      double both = Math.max(1e-9, error(a) + others.error(a));
      double[] gains = new double[errors.get(a).size()];
      for (int i = 0; i < gains.length; i++) {
        double own = errors.get(a).get(i);
        double other = others.errors.get(a).get(i);
        gains[i] = (other * other - own * own) / both;
      }
      return gains;
    }
    double[] gains = new double[right.get(a).size()];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = (isRight(a, i) ? 1 : 0) - (others.isRight(a, i) ? 1 : 0);
    }
    return gains;
  }

  private double error(int a) {
    double squares = 0;
    for (float error : errors.get(a)) {
      squares += (double) error * error;
    }
    return Math.sqrt(squares / Math.max(1, errors.get(a).size()));
  }

  private double accuracy(int a) {
    int hits = 0;
    for (int cell = 0; cell < right.get(a).size(); cell++) {
      hits += isRight(a, cell) ? 1 : 0;
    }
    return hits / (double) Math.max(1, right.get(a).size());
  }

  private boolean isRight(int a, int cell) {
    float[] all = scores.get(a).get(cell);
    int best = 0;
    for (int v = 1; v < all.length; v++) {
      best = all[v] > all[best] ? v : best;
    }
    return best == right.get(a).get(cell);
  }

  Calibration calibration() {
    int attributes = layout.attributes();
    Residuals none = Residuals.none(1);
    return calibration(
        new Calibration(
            Collections.nCopies(attributes, 1.0), Collections.nCopies(attributes, none)));
  }

  /**
   * @param otherwise where there are too few cells
   */
  Calibration calibration(Calibration otherwise) {
    List<Double> temperatures = new ArrayList<>();
    List<Residuals> residuals = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      temperatures.add(
          right.get(a).size() < FEW
              ? otherwise.temperature(a)
              : Temperature.of(
                  this.scores.get(a).toArray(float[][]::new),
                  right.get(a).stream().mapToInt(Integer::intValue).toArray()));
      Residuals own = residuals(a);
      Residuals before = otherwise.residuals(a);
      residuals.add(own.cells() < FEW && own.cells() < before.cells() ? before : own);
    }
    return new Calibration(temperatures, residuals);
  }

  private Residuals residuals(int a) {
    if (!layout.isNumber(a)) {
      return Residuals.none(1);
    }
    float[] all = new float[errors.get(a).size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = errors.get(a).get(i);
    }
    return Residuals.of(all, layout.dimensions(a));
  }
}
