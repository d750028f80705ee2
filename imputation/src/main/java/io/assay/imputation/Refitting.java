package io.assay.imputation;

import io.assay.imputation.net.Carried;
import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Goes on from an imputer with other rows of the same kind, as a stream brings them: it keeps its
 * form and what it has learned, takes up new columns and values, and learns some passes more.
 * Whether similar rows are looked at is decided anew.
 */
public final class Refitting {
  private static final int PASSES = 6;
  private static final double PACE = 0.5;
  private static final double HELD_BACK = 0.1;
  private static final int ROUNDS = 3;

  private Refitting() {}

  /**
   * The same imputer, rows and seed give the same imputer.
   *
   * @param before what to go on from
   * @param learned rows to learn of
   * @param held rows that neither this imputer nor the one before learned of: cells hidden in them
   *     say how well it does and how sure it may be
   * @param goesOn as for a {@link Fitting}
   * @throws IllegalArgumentException where no column can be learned, or a number is none
   */
  public static AimNet refit(
      AimNet before, Table learned, Table held, Schema schema, long seed, Predicate<Pass> goesOn) {
    AimNet begun = carried(before, learned, schema, seed);
    Codebook codebook = begun.codebook();
    Layout layout = begun.layout();
    Codes taught = codebook.encode(learned);
    float[] parameters =
        new Teaching(codebook, 1, goesOn)
            .train(layout, taught, begun.parameters(), PASSES, PACE, seed);
    Codes asked = codebook.encode(held);
    var trial = new Trial(codebook, layout);
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(seed * ROUNDS + round);
      trial.add(parameters, taught, asked, HeldBack.draw(asked, HELD_BACK, random));
    }
    List<Optional<Neighbours.Blend>> blends = trial.blends();
    Answers answers = trial.answers(blends);
    Calibration calibration = answers.calibration(begun.calibration());
    Neighbours neighbours = Neighbours.remembering(taught, blends);
    var card = new Card(learned.rows(), seed, answers.scores());
    return new AimNet(codebook, layout, parameters, neighbours, calibration, before.least(), card);
  }

  /** What it knows, with the codebook of other rows, before it learns of them. */
  static AimNet carried(AimNet before, Table learned, Schema schema, long seed) {
    Codebook codebook = Codebook.of(Fitting.learnable(schema), learned).growing(before.codebook());
    Layout was = before.layout();
    var layout = new Layout(codebook.attributes(), was.width(), was.hidden());
    List<Carried.Source> sources = new ArrayList<>();
    List<Double> temperatures = new ArrayList<>();
    List<Residuals> residuals = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      int b = before.schema().columns().indexOf(schema.columns().get(a));
      if (b < 0) {
        sources.add(new Carried.New());
        temperatures.add(1.0);
        residuals.add(Residuals.none(layout.dimensions(a)));
      } else {
        sources.add(source(b, before.codebook().entry(b), codebook.entry(a)));
        temperatures.add(before.calibration().temperature(b));
        residuals.add(before.calibration().residuals(b));
      }
    }
    float[] parameters = Carried.over(was, before.parameters(), layout, sources, seed);
    var calibration = new Calibration(temperatures, residuals);
    return new AimNet(
        codebook,
        layout,
        parameters,
        Neighbours.none(layout.attributes()),
        calibration,
        before.least(),
        before.card());
  }

  private static Carried.Source source(int was, Codebook.Entry before, Codebook.Entry now) {
    return switch (now) {
      case Codebook.Known known -> {
        List<Integer> codes = new ArrayList<>();
        known.values().forEach(value -> codes.add(((Codebook.Known) before).code(value)));
        for (int bucket = 0; bucket < known.buckets(); bucket++) {
          codes.add(((Codebook.Known) before).bucketCode(bucket));
        }
        yield new Carried.Values(was, codes);
      }
      case Codebook.Scales scales -> {
        List<Double> factors = new ArrayList<>();
        List<Double> shifts = new ArrayList<>();
        for (int d = 0; d < scales.scales().size(); d++) {
          Codebook.Scale to = scales.scales().get(d);
          Codebook.Scale from = ((Codebook.Scales) before).scales().get(d);
          factors.add(to.deviation() / from.deviation());
          shifts.add(from.standardised(to.mean()));
        }
        yield new Carried.Numbers(was, factors, shifts);
      }
    };
  }
}
