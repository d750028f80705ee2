package io.assay.imputation;

import io.assay.imputation.net.Beginning;
import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Makes an imputer out of rows with gaps: tries both forms of the network on cells that are held
 * back, keeps the better one, takes from the same cells how sure it may be, and trains it on all.
 */
public final class Fitting {
  private static final int WIDTH = 64;
  private static final int HIDDEN = 32;
  private static final double HELD_BACK = 0.1;
  private static final int ROUNDS = 3;
  private static final int PASSES = 20;

  private final Codebook codebook;
  private final Codes codes;
  private final long seed;
  private final Teaching teaching;

  /** Which network. */
  public enum Form {
    /** As the paper's authors have it. */
    PLAIN,
    /** With a layer that sees how values go together. */
    VALUE_DEPENDENT,
    /** Whichever is better on cells that are held back, with similar rows where they help. */
    CHOSEN
  }

  private Fitting(Codebook codebook, Codes codes, long seed, Teaching teaching) {
    this.codebook = codebook;
    this.codes = codes;
    this.seed = seed;
    this.teaching = teaching;
  }

  /** The same rows and seed give the same imputer. */
  public static AimNet fit(Table table, Schema schema, Form form, long seed) {
    return fit(table, schema, form, seed, pass -> true);
  }

  /**
   * @param goesOn told between passes over the rows how far it is; once it says no, a training is
   *     over with what has been learned so far. A {@link Budget} keeps all within a time
   * @throws IllegalArgumentException where no column can be learned, or a number is none
   */
  public static AimNet fit(
      Table table, Schema schema, Form form, long seed, Predicate<Pass> goesOn) {
    Codebook codebook = Codebook.of(learnable(schema), table);
    int trainings = form == Form.CHOSEN ? 2 * ROUNDS + 1 : ROUNDS + 1;
    var teaching = new Teaching(codebook, trainings, goesOn);
    return new Fitting(codebook, codebook.encode(table), seed, teaching).fit(form);
  }

  static Schema learnable(Schema schema) {
    if (schema.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "an imputer needs a column to learn of, got " + schema.leftOut());
    }
    return schema;
  }

  /** What was tried, and what came of it. */
  private record Tried(Layout layout, List<Optional<Neighbours.Blend>> blends, Answers answers) {}

  private AimNet fit(Form form) {
    List<Tried> tried = new ArrayList<>();
    if (form != Form.VALUE_DEPENDENT) {
      tried.add(attempt(new Layout(codebook.attributes(), WIDTH, 0), form));
    }
    if (form != Form.PLAIN) {
      tried.add(attempt(new Layout(codebook.attributes(), WIDTH, HIDDEN), form));
    }
    // The plain one comes first: what else there is to learn must be seen, not hoped for.
    Tried best = tried.get(0);
    for (Tried one : tried) {
      best = one.answers().areClearlyBetterThan(best.answers()) ? one : best;
    }
    float[] parameters = train(best.layout(), codes, seed);
    Answers answers = best.answers();
    return new AimNet(
        codebook,
        best.layout(),
        parameters,
        Neighbours.remembering(codes, best.blends()),
        answers.calibration(),
        0,
        new Card(codes.rows(), seed, answers.scores()));
  }

  private Tried attempt(Layout layout, Form form) {
    var trial = new Trial(codebook, layout);
    for (int round = 0; round < ROUNDS; round++) {
      long drawn = seed * ROUNDS + round;
      HeldBack held = HeldBack.draw(codes, HELD_BACK, new SplittableRandom(drawn));
      trial.add(train(layout, held.shown(), drawn), held.shown(), codes, held);
    }
    List<Optional<Neighbours.Blend>> blends = form == Form.CHOSEN ? trial.blends() : trial.alone();
    return new Tried(layout, blends, trial.answers(blends));
  }

  private float[] train(Layout layout, Codes shown, long drawn) {
    return teaching.train(layout, shown, Beginning.of(layout, drawn), PASSES, 1, drawn);
  }
}
