package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import io.assay.imputation.net.Network;
import java.util.ArrayList;
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

  /** For rows that come one by one. */
  public RowFiller filler() {
    return new RowFiller(this);
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
      int row = from + places[i];
      guesses.add(guess(a, row, answers, i * each, each, attention(network, codes, a, row)));
    }
  }

  /**
   * @param answers of a network, this one from a place on
   */
  Guess guess(int a, int row, float[] answers, int at, int length, Map<String, Double> attention) {
    return switch (codebook.entry(a)) {
      case Codebook.Known known -> category(known, a, row, answers, at, attention);
      case Codebook.Scales scales -> numbers(scales, a, row, answers, at, length, attention);
    };
  }

  private Guess category(
      Codebook.Known known, int a, int row, float[] scores, int at, Map<String, Double> attention) {
    int values = known.values().size();
    double temperature = calibration.temperature(a);
    float most = Float.NEGATIVE_INFINITY;
    for (int v = at; v < at + values; v++) {
      most = Math.max(most, scores[v]);
    }
    double sum = 0;
    for (int v = at; v < at + values; v++) {
      sum += StrictMath.exp((scores[v] - most) / temperature);
    }
    List<Guess.Candidate> candidates = new ArrayList<>(CANDIDATES);
    int last = -1;
    for (int c = 0; c < Math.min(CANDIDATES, values); c++) {
      int best = next(scores, at, values, last);
      double probability = StrictMath.exp((scores[at + best] - most) / temperature) / sum;
      candidates.add(new Guess.Candidate(known.values().get(best), probability));
      last = best;
    }
    boolean abstains = candidates.get(0).probability() < least;
    return new Guess.OfCategory(row, schema().columns().get(a), candidates, abstains, attention);
  }

  /** The best of those behind the last one; of equal ones the first. */
  private static int next(float[] scores, int at, int values, int last) {
    int best = -1;
    for (int v = 0; v < values; v++) {
      boolean isBehind =
          last < 0
              || scores[at + v] < scores[at + last]
              || (scores[at + v] == scores[at + last] && v > last);
      if (isBehind && (best < 0 || scores[at + v] > scores[at + best])) {
        best = v;
      }
    }
    return best;
  }

  private Guess numbers(
      Codebook.Scales scales,
      int a,
      int row,
      float[] answers,
      int at,
      int length,
      Map<String, Double> attention) {
    Residuals residuals = calibration.residuals(a);
    List<Guess.Estimate> estimates = new ArrayList<>(length);
    for (int d = 0; d < length; d++) {
      estimates.add(scales.scales().get(d).estimate(answers[at + d], residuals.reach()));
    }
    double confidence = residuals.confidence();
    return new Guess.OfNumbers(
        row, schema().columns().get(a), estimates, confidence, confidence < least, attention);
  }

  Map<String, Double> attention(Network network, Codes codes, int target, int row) {
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
