package io.assay.imputation;

import io.assay.imputation.net.Answering;
import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The attention network, trained: fills gaps, says how sure it is and where it looked. */
public final class AimNet implements Imputer {
  private static final int CANDIDATES = 5;

  private final Codebook codebook;
  private final Layout layout;
  private final float[] parameters;
  private final Answering answering;
  private final Neighbours neighbours;
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
      Neighbours neighbours,
      Calibration calibration,
      double least,
      Card card) {
    this(
        codebook,
        layout,
        parameters,
        new Answering(layout, parameters),
        neighbours,
        calibration,
        least,
        card);
  }

  private AimNet(
      Codebook codebook,
      Layout layout,
      float[] parameters,
      Answering answering,
      Neighbours neighbours,
      Calibration calibration,
      double least,
      Card card) {
    this.codebook = codebook;
    this.layout = layout;
    this.parameters = parameters;
    this.answering = answering;
    this.neighbours = neighbours;
    this.calibration = calibration;
    this.least = least;
    this.card = card;
  }

  /** The same, which abstains below a confidence of 0 to 1. */
  public AimNet abstainingBelow(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence is 0 to 1, got " + confidence);
    }
    return new AimNet(
        codebook, layout, parameters, answering, neighbours, calibration, confidence, card);
  }

  @Override
  public Schema schema() {
    return codebook.schema();
  }

  /** The values of a category or text that it has learned, the commonest first; of numbers none. */
  public List<String> knownValues(Column column) {
    int a = schema().columns().indexOf(column);
    return a >= 0 && codebook.entry(a) instanceof Codebook.Known known ? known.values() : List.of();
  }

  /** Whether it has the value-dependent layer. */
  public boolean isValueDependent() {
    return layout.hidden() > 0;
  }

  /** Columns of which similar rows are looked at too. */
  public List<Column> columnsWithNeighbours() {
    List<Column> columns = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      if (neighbours.blend(a).isPresent()) {
        columns.add(schema().columns().get(a));
      }
    }
    return columns;
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
    return answering.weight(a, b) / (1 - answering.weight(a, a));
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

  Neighbours neighbours() {
    return neighbours;
  }

  /** Room for rows, one after another; of one thread. */
  Asking asking() {
    return new Asking(codebook, answering, neighbours);
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
    Asking asked = asking();
    float[] answer = new float[layout.widest()];
    List<Guess> guesses = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      asked.read(codes, row);
      for (int a = 0; a < layout.attributes(); a++) {
        if (missing[a][row]) {
          asked.answer(a, answer);
          guesses.add(guess(a, row, answer, asked));
        }
      }
    }
    return guesses;
  }

  /**
   * The rows without gaps, several times, each filled by chance: a category by its calibrated
   * probabilities, numbers by the errors of held-back cells. A row's cells go together. What
   * differs between the tables is what is not known (multiple imputation: Rubin, 1987).
   *
   * @param count how many tables, 1 or more
   * @param seed the same gives the same tables
   * @throws IllegalArgumentException as {@link #fill}, or of a count below 1
   */
  public List<Table> draw(Table rows, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("1 or more draws are needed, got " + count);
    }
    var draws = new Draws(this, rows);
    boolean[][] missing = missing(rows);
    var seeds = new SplittableRandom(seed);
    List<Table> tables = new ArrayList<>();
    for (int draw = 0; draw < count; draw++) {
      tables.add(draws.draw(missing, seeds.nextLong()));
    }
    return tables;
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

  /**
   * @param answer of a row for one of its attributes
   */
  Guess guess(int a, int row, float[] answer, Asking asked) {
    Map<String, Double> attention = attention(asked, a);
    return switch (codebook.entry(a)) {
      case Codebook.Known known -> category(known, a, row, answer, attention);
      case Codebook.Scales scales -> numbers(scales, a, row, answer, attention);
    };
  }

  private Guess category(
      Codebook.Known known, int a, int row, float[] scores, Map<String, Double> attention) {
    int values = known.values().size();
    double temperature = calibration.temperature(a);
    float most = Float.NEGATIVE_INFINITY;
    for (int v = 0; v < values; v++) {
      most = Math.max(most, scores[v]);
    }
    double sum = 0;
    for (int v = 0; v < values; v++) {
      sum += StrictMath.exp((scores[v] - most) / temperature);
    }
    List<Guess.Candidate> candidates = new ArrayList<>(CANDIDATES);
    int last = -1;
    for (int c = 0; c < Math.min(CANDIDATES, values); c++) {
      int best = next(scores, values, last);
      double probability = StrictMath.exp((scores[best] - most) / temperature) / sum;
      candidates.add(new Guess.Candidate(known.values().get(best), probability));
      last = best;
    }
    boolean abstains = candidates.get(0).probability() < least;
    return new Guess.OfCategory(row, schema().columns().get(a), candidates, abstains, attention);
  }

  /** The best of those behind the last one; of equal ones the first. */
  private static int next(float[] scores, int values, int last) {
    int best = -1;
    for (int v = 0; v < values; v++) {
      boolean isBehind =
          last < 0 || scores[v] < scores[last] || (scores[v] == scores[last] && v > last);
      if (isBehind && (best < 0 || scores[v] > scores[best])) {
        best = v;
      }
    }
    return best;
  }

  private Guess numbers(
      Codebook.Scales scales, int a, int row, float[] answers, Map<String, Double> attention) {
    Residuals residuals = calibration.residuals(a);
    List<Guess.Estimate> estimates = new ArrayList<>(layout.dimensions(a));
    for (int d = 0; d < layout.dimensions(a); d++) {
      estimates.add(scales.scales().get(d).estimate(answers[d], residuals.reach()));
    }
    double confidence = residuals.confidence();
    return new Guess.OfNumbers(
        row, schema().columns().get(a), estimates, confidence, confidence < least, attention);
  }

  private Map<String, Double> attention(Asking asked, int target) {
    Map<String, Double> attention = new LinkedHashMap<>();
    double sum = 0;
    for (int b = 0; b < layout.attributes(); b++) {
      if (b != target && asked.isPresent(b)) {
        sum += answering.weight(target, b);
      }
    }
    for (int b = 0; b < layout.attributes(); b++) {
      if (b != target && asked.isPresent(b)) {
        attention.put(schema().columns().get(b).name(), answering.weight(target, b) / sum);
      }
    }
    return attention;
  }
}
