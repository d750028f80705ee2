package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import io.assay.imputation.net.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The attention network, trained: fills gaps, says how sure it is and where it looked. */
public final class AimNet implements Imputer {
  private static final int BATCH = 256;
  private static final int CANDIDATES = 5;

  private final Codebook codebook;
  private final Layout layout;
  private final float[] parameters;
  private final Calibration calibration;
  private final double least;
  private final Card card;

  /**
   * @param least the confidence below which it abstains
   */
  AimNet(
      Codebook codebook,
      Layout layout,
      float[] parameters,
      Calibration calibration,
      double least,
      Card card) {
    this.codebook = codebook;
    this.layout = layout;
    this.parameters = parameters;
    this.calibration = calibration;
    this.least = least;
    this.card = card;
  }

  /** The same, which abstains below a confidence of 0 to 1. */
  public AimNet abstainingBelow(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence is 0 to 1, got " + confidence);
    }
    return new AimNet(codebook, layout, parameters, calibration, confidence, card);
  }

  @Override
  public Schema schema() {
    return codebook.schema();
  }

  /** Whether it has the value-dependent layer. */
  public boolean isValueDependent() {
    return layout.hidden() > 0;
  }

  /** How well it did on cells that it had not seen. */
  public Card card() {
    return card;
  }

  /** How much a column looks at another, of all others together, whatever the row. */
  public double attention(Column target, Column other) {
    int a = schema().columns().indexOf(target);
    int b = schema().columns().indexOf(other);
    if (a < 0 || b < 0 || a == b) {
      return 0;
    }
    var network = new Network(layout, 1);
    network.look(parameters);
    return network.weight(a, b) / (1 - network.weight(a, a));
  }

  /** All of it, for a file. */
  public byte[] bytes() {
    return ModelCodec.write(this);
  }

  /**
   * What {@link #bytes} wrote, now or in an earlier version.
   *
   * @throws IllegalArgumentException of bytes that are no imputer, or of a later version
   */
  public static AimNet read(byte[] bytes) {
    return ModelCodec.read(bytes);
  }

  Codebook codebook() {
    return codebook;
  }

  Layout layout() {
    return layout;
  }

  float[] parameters() {
    return parameters;
  }

  Calibration calibration() {
    return calibration;
  }

  double least() {
    return least;
  }

  @Override
  public List<Guess> fill(Table rows) {
    Codes codes = codebook.encode(rows);
    boolean[][] missing = missing(rows);
    var network = new Network(layout, Math.min(BATCH, Math.max(1, rows.rows())));
    int[] all = IntStream.range(0, rows.rows()).toArray();
    List<Guess> guesses = new ArrayList<>();
    for (int from = 0; from < rows.rows(); from += BATCH) {
      int count = Math.min(BATCH, rows.rows() - from);
      network.read(parameters, codes, all, from, count);
      for (int a = 0; a < layout.attributes(); a++) {
        fill(network, codes, missing[a], a, from, count, guesses);
      }
    }
    guesses.sort(Comparator.comparingInt(Guess::row));
    return guesses;
  }

  /** What is there and unknown is not filled. */
  private boolean[][] missing(Table rows) {
    boolean[][] missing = new boolean[layout.attributes()][rows.rows()];
    for (int a = 0; a < missing.length; a++) {
      for (String name : schema().columns().get(a).columns()) {
        int at = rows.column(name);
        for (int row = 0; row < rows.rows(); row++) {
          missing[a][row] |= rows.cell(row, at).isEmpty();
        }
      }
    }
    return missing;
  }

  private void fill(
      Network network,
      Codes codes,
      boolean[] missing,
      int a,
      int from,
      int count,
      List<Guess> guesses) {
    int[] places = IntStream.range(0, count).filter(i -> missing[from + i]).toArray();
    if (places.length == 0) {
      return;
    }
    int each = layout.isNumber(a) ? layout.dimensions(a) : layout.domain(a);
    float[] answers = new float[places.length * each];
    network.answer(parameters, a, places, places.length, answers);
    for (int i = 0; i < places.length; i++) {
      float[] answer = Arrays.copyOfRange(answers, i * each, (i + 1) * each);
      int row = from + places[i];
      Map<String, Double> attention = attention(network, codes, a, row);
      guesses.add(
          switch (codebook.entry(a)) {
            case Codebook.Known known -> category(known, a, row, answer, attention);
            case Codebook.Scales scales -> numbers(scales, a, row, answer, attention);
          });
    }
  }

  private Guess category(
      Codebook.Known known, int a, int row, float[] scores, Map<String, Double> attention) {
    float[] ofValues = Arrays.copyOf(scores, known.values().size());
    double[] probabilities = Temperature.probabilities(ofValues, calibration.temperature(a));
    List<Guess.Candidate> candidates =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer v) -> -probabilities[v]))
            .limit(CANDIDATES)
            .map(v -> new Guess.Candidate(known.values().get(v), probabilities[v]))
            .toList();
    boolean abstains = candidates.get(0).probability() < least;
    return new Guess.OfCategory(row, schema().columns().get(a), candidates, abstains, attention);
  }

  private Guess numbers(
      Codebook.Scales scales, int a, int row, float[] answer, Map<String, Double> attention) {
    Residuals residuals = calibration.residuals(a);
    List<Guess.Estimate> estimates = new ArrayList<>();
    for (int d = 0; d < answer.length; d++) {
      estimates.add(scales.scales().get(d).estimate(answer[d], residuals.reach()));
    }
    double confidence = residuals.confidence();
    return new Guess.OfNumbers(
        row, schema().columns().get(a), estimates, confidence, confidence < least, attention);
  }

  private Map<String, Double> attention(Network network, Codes codes, int target, int row) {
    Map<String, Double> attention = new LinkedHashMap<>();
    double sum = 0;
    for (int b = 0; b < layout.attributes(); b++) {
      if (b != target && codes.isPresent(b, row)) {
        sum += network.weight(target, b);
      }
    }
    for (int b = 0; b < layout.attributes(); b++) {
      if (b != target && codes.isPresent(b, row)) {
        attention.put(schema().columns().get(b).name(), network.weight(target, b) / sum);
      }
    }
    return attention;
  }
}
