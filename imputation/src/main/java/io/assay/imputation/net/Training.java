package io.assay.imputation.net;

import java.util.SplittableRandom;

/**
 * Teaches a network every present cell of its rows, with the cell's own slot empty. Adam, the rate
 * falling to nothing along one cosine. The same seed gives the same network.
 */
public final class Training {
  private final Layout layout;
  private final How how;
  private final Codes codes;
  private final int[] rows;
  private final Taught taught;
  private final Network network;
  private final float[] parameters;
  private final float[] gradients;
  private final Adam adam;
  private final Targets targets;
  private final SplittableRandom order;
  private int epoch;

  /** Whether a cell is to be learned. */
  public interface Taught {
    boolean test(int attribute, int row);
  }

  /**
   * How it is done.
   *
   * @param batch rows a step
   * @param rate of learning, at the beginning
   */
  public record How(int epochs, int batch, double rate, long seed) {
    public How {
      if (epochs < 1 || batch < 1 || !(rate > 0)) {
        throw new IllegalArgumentException(
            "training needs epochs, a batch and a rate, got %d, %d, %s"
                .formatted(epochs, batch, rate));
      }
    }
  }

  /**
   * @param rows those to learn from
   * @param taught whether a cell, by attribute and row, is to be learned
   * @param parameters to begin with; not changed
   */
  public Training(
      Layout layout, How how, Codes codes, int[] rows, Taught taught, float[] parameters) {
    this.layout = layout;
    this.how = how;
    this.codes = codes;
    this.rows = rows.clone();
    this.taught = taught;
    this.network = new Network(layout, how.batch());
    this.parameters = parameters.clone();
    this.gradients = new float[parameters.length];
    this.adam = new Adam(parameters.length);
    this.targets = new Targets(layout.attributes(), how.batch());
    this.order = new SplittableRandom(how.seed());
  }

  public boolean isOver() {
    return epoch >= how.epochs();
  }

  /** All rows once; the mean loss of its steps. */
  public double epoch() {
    shuffle();
    int steps = (rows.length + how.batch() - 1) / how.batch();
    double loss = 0;
    for (int step = 0; step < steps; step++) {
      int from = step * how.batch();
      int count = Math.min(how.batch(), rows.length - from);
      choose(from, count);
      loss += network.learn(parameters, codes, rows, from, count, targets, gradients);
      double part = ((double) epoch * steps + step) / ((double) how.epochs() * steps);
      adam.step(parameters, gradients, how.rate() * (1 + StrictMath.cos(Math.PI * part)) / 2);
    }
    epoch++;
    return loss / Math.max(1, steps);
  }

  private void choose(int from, int count) {
    targets.clear();
    for (int a = 0; a < layout.attributes(); a++) {
      for (int i = 0; i < count; i++) {
        int row = rows[from + i];
        if (codes.isPresent(a, row) && taught.test(a, row)) {
          targets.add(a, i);
        }
      }
    }
  }

  private void shuffle() {
    for (int i = rows.length - 1; i > 0; i--) {
      int other = order.nextInt(i + 1);
      int row = rows[i];
      rows[i] = rows[other];
      rows[other] = row;
    }
  }

  /** As they are now. */
  public float[] parameters() {
    return parameters.clone();
  }
}
