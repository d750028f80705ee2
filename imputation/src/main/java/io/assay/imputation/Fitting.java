package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import io.assay.imputation.net.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Makes an imputer out of rows with gaps: tries both forms of the network on cells that are held
 * back, keeps the better one, takes from the same cells how sure it may be, and trains it on all.
 */
public final class Fitting {
  private static final int WIDTH = 64;
  private static final int HIDDEN = 32;
  private static final double HELD_BACK = 0.1;
  private static final int ROUNDS = 3;
  private static final int EPOCHS = 20;
  private static final double RATE = 0.005;

  private final Codebook codebook;
  private final Codes codes;
  private final long seed;
  private final BooleanSupplier goesOn;

  /** Which network. */
  public enum Form {
    /** As the paper's authors have it. */
    PLAIN,
    /** With a layer that sees how values go together. */
    VALUE_DEPENDENT,
    /** Whichever is better on cells that are held back. */
    CHOSEN
  }

  private Fitting(Codebook codebook, Codes codes, long seed, BooleanSupplier goesOn) {
    this.codebook = codebook;
    this.codes = codes;
    this.seed = seed;
    this.goesOn = goesOn;
  }

  /** The same rows and seed give the same imputer. */
  public static AimNet fit(Table table, Schema schema, Form form, long seed) {
    return fit(table, schema, form, seed, () -> true);
  }

  /**
   * @param goesOn asked between passes over the rows; once it says no, the imputer is what has been
   *     learned so far
   * @throws IllegalArgumentException where no column can be learned, or a number is none
   */
  public static AimNet fit(
      Table table, Schema schema, Form form, long seed, BooleanSupplier goesOn) {
    if (schema.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "an imputer needs a column to learn of, got " + schema.leftOut());
    }
    Codebook codebook = Codebook.of(schema, table);
    return new Fitting(codebook, codebook.encode(table), seed, goesOn).fit(form);
  }

  private record Trial(Layout layout, Answers answers) {}

  private AimNet fit(Form form) {
    List<Trial> trials = new ArrayList<>();
    if (form != Form.VALUE_DEPENDENT) {
      trials.add(trial(new Layout(codebook.attributes(), WIDTH, 0)));
    }
    if (form != Form.PLAIN) {
      trials.add(trial(new Layout(codebook.attributes(), WIDTH, HIDDEN)));
    }
    Trial best = trials.get(0);
    for (Trial trial : trials) {
      best = trial.answers().loss() < best.answers().loss() ? trial : best;
    }
    float[] parameters = train(best.layout(), codes, seed);
    Answers answers = best.answers();
    var card = new Card(codes.rows(), seed, answers.scores());
    return new AimNet(codebook, best.layout(), parameters, answers.calibration(), 0, card);
  }

  private Trial trial(Layout layout) {
    var answers = new Answers(codebook, layout);
    for (int round = 0; round < ROUNDS; round++) {
      long drawn = seed * ROUNDS + round;
      HeldBack held = HeldBack.draw(codes, HELD_BACK, new SplittableRandom(drawn));
      answers.ask(train(layout, held.shown(), drawn), codes, held);
    }
    return new Trial(layout, answers);
  }

  private float[] train(Layout layout, Codes shown, long drawn) {
    int[] rows = IntStream.range(0, shown.rows()).toArray();
    int batch = Math.max(3, Math.min(256, shown.rows() / 200));
    double rate = RATE * Math.sqrt(Math.min(4, batch / 3.0));
    var how = new Training.How(EPOCHS, batch, rate, 0, drawn);
    var training =
        new Training(
            layout, how, shown, rows, (a, row) -> codebook.isKnown(a, shown.values(a), row));
    do {
      training.epoch();
    } while (!training.isOver() && goesOn.getAsBoolean());
    return training.parameters();
  }
}
