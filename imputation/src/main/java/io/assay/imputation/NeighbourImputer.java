package io.assay.imputation;

import io.assay.imputation.net.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What the nearest rows have that have the cell: the commonest value, or the mean. Rows are as far
 * apart as the columns that both have: 1 for another value, the difference in deviations for a
 * number, as a mean.
 */
public final class NeighbourImputer implements Imputer {
  private static final int NEIGHBOURS = 10;

  private final Codebook codebook;
  private final Codes known;
  private final Imputer others;

  private record Near(int row, double distance) {}

  private NeighbourImputer(Codebook codebook, Codes known, Imputer others) {
    this.codebook = codebook;
    this.known = known;
    this.others = others;
  }

  public static NeighbourImputer fit(Table table, Schema schema) {
    Codebook codebook = Codebook.of(schema, table);
    return new NeighbourImputer(codebook, codebook.encode(table), ModeImputer.fit(table, schema));
  }

  @Override
  public Schema schema() {
    return codebook.schema();
  }

  @Override
  public List<Guess> fill(Table rows) {
    Codes asked = codebook.encode(rows);
    return others.fill(rows).stream().map(guess -> better(asked, guess)).toList();
  }

  /** The mode where nothing is near. */
  private Guess better(Codes asked, Guess guess) {
    int a = schema().columns().indexOf(guess.column());
    List<Near> near = nearest(asked, guess.row(), a);
    if (near.isEmpty()) {
      return guess;
    }
    return switch (codebook.entry(a)) {
      case Codebook.Known entry -> category(entry, guess, a, near);
      case Codebook.Scales entry -> numbers(entry, guess, a, near);
    };
  }

  private List<Near> nearest(Codes asked, int row, int a) {
    var nearest = new PriorityQueue<>(Comparator.comparingDouble(Near::distance).reversed());
    for (int other = 0; other < known.rows(); other++) {
      if (known.isPresent(a, other)) {
        double distance = distance(asked, row, other, a);
        if (nearest.size() < NEIGHBOURS || distance < nearest.peek().distance()) {
          nearest.add(new Near(other, distance));
        }
        if (nearest.size() > NEIGHBOURS) {
          nearest.remove();
        }
      }
    }
    return new ArrayList<>(nearest);
  }

  private double distance(Codes asked, int row, int other, int target) {
    double sum = 0;
    int both = 0;
    for (int b = 0; b < known.attributes(); b++) {
      if (b != target && asked.isPresent(b, row) && known.isPresent(b, other)) {
        both++;
        sum += apart(asked, row, other, b);
      }
    }
    return both == 0 ? Double.MAX_VALUE : sum / both;
  }

  private double apart(Codes asked, int row, int other, int b) {
    return switch (codebook.entry(b)) {
      case Codebook.Known ignored -> asked.values(b)[row] == known.values(b)[other] ? 0 : 1;
      case Codebook.Scales scales -> {
        int each = scales.scales().size();
        double squares = 0;
        for (int d = 0; d < each; d++) {
          double difference = asked.numbers(b)[row * each + d] - known.numbers(b)[other * each + d];
          squares += difference * difference;
        }
        yield Math.sqrt(squares / each);
      }
    };
  }

  private Guess category(Codebook.Known entry, Guess guess, int a, List<Near> near) {
    int[] votes = new int[entry.values().size()];
    for (Near one : near) {
      int value = known.values(a)[one.row()] - 1;
      if (value < votes.length) {
        votes[value]++;
      }
    }
    List<Guess.Candidate> candidates = new ArrayList<>();
    for (int v = 0; v < votes.length; v++) {
      if (votes[v] > 0) {
        candidates.add(new Guess.Candidate(entry.values().get(v), votes[v] / (double) near.size()));
      }
    }
    if (candidates.isEmpty()) {
      return guess;
    }
    candidates.sort(Comparator.comparingDouble(Guess.Candidate::probability).reversed());
    return new Guess.OfCategory(guess.row(), guess.column(), candidates, false, Map.of());
  }

  private Guess numbers(Codebook.Scales entry, Guess guess, int a, List<Near> near) {
    List<Guess.Estimate> estimates = new ArrayList<>();
    int each = entry.scales().size();
    for (int d = 0; d < each; d++) {
      int dimension = d;
      double[] values =
          near.stream()
              .mapToDouble(one -> known.numbers(a)[one.row() * each + dimension])
              .sorted()
              .toArray();
      double mean = Arrays.stream(values).average().orElse(0);
      double reach = (values[values.length - 1] - values[0]) / 2;
      estimates.add(entry.scales().get(d).estimate(mean, reach));
    }
    return new Guess.OfNumbers(
        guess.row(), guess.column(), estimates, guess.confidence(), false, Map.of());
  }
}
