package io.assay.assertion.weaklabel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How often voters' flags are right by the {@link LabelModel}, where the votes tell: a number that
 * another sample would contradict is none. Cost: {@link #SAMPLES} fits more than one.
 */
public final class VoteEstimates {
  /** Voters that say both that something is wrong and that nothing is. */
  public static final int LEAST_VOTERS = 3;

  /** Flags of a voter: of fewer, one more or less is points. */
  public static final int LEAST_FLAGS = 30;

  /** Flags of a voter where another flags, too: what nobody else ever sees tells nothing. */
  public static final int LEAST_SHARED = 10;

  /** How far estimates of samples drawn again may spread, as a standard deviation. */
  public static final double LARGEST_SPREAD = 0.05;

  private static final int SAMPLES = 20;
  private static final long SEED = 20_111L;

  private VoteEstimates() {}

  /** What is missing for an estimate. */
  public enum Lack {
    /** Fewer than {@link #LEAST_VOTERS} voters say both, or they all repeat each other. */
    VOTERS,
    /** Fewer than {@link #LEAST_FLAGS} flags. */
    FLAGS,
    /** Fewer than {@link #LEAST_SHARED} of the flags are where another flags. */
    OTHERS,
    /** Samples drawn again from the votes spread by more than {@link #LARGEST_SPREAD}. */
    STEADINESS
  }

  /**
   * Of a voter.
   *
   * @param precision estimated, or unknown
   * @param flags items that it flags
   * @param shared of these, items that another flags, too
   * @param lack why it is unknown; empty where it is not
   */
  public record Estimate(
      String voter, Precision precision, long flags, long shared, Optional<Lack> lack) {}

  /** What is known of a voter before anything is fitted. */
  private record Tally(String voter, long flags, long others, long shared) {
    boolean saysBoth() {
      return flags > 0 && others > 0;
    }

    Estimate without(Lack lack) {
      return new Estimate(voter, new Precision.Unknown(), flags, shared, Optional.of(lack));
    }
  }

  /**
   * Of each voter, in order. The same votes give the same.
   *
   * @param flag the class that says that something is wrong
   */
  public static List<Estimate> of(VoteCounts votes, String flag) {
    int flagged = votes.classes().indexOf(flag);
    if (flagged < 0) {
      throw new IllegalArgumentException(
          "needed one of %s, got %s".formatted(votes.classes(), flag));
    }
    List<Tally> tallies =
        IntStream.range(0, votes.voters().size()).mapToObj(i -> tally(votes, i, flagged)).toList();
    List<String> sayBoth = tallies.stream().filter(Tally::saysBoth).map(Tally::voter).toList();
    if (sayBoth.size() < LEAST_VOTERS) {
      return tallies.stream().map(one -> one.without(Lack.VOTERS)).toList();
    }
    VoteCounts telling = votes.of(sayBoth);
    LabelModel model = LabelModel.fit(telling);
    Map<String, Double> spread =
        tallies.stream().anyMatch(one -> lackOf(one).isEmpty()) ? spread(telling, flag) : Map.of();
    return tallies.stream().map(one -> estimate(one, model, flag, spread)).toList();
  }

  private static Tally tally(VoteCounts votes, int voter, int flagged) {
    long[] counts = new long[3];
    votes.forEach(
        (vote, times) -> {
          if (vote[voter] == flagged) {
            counts[0] += times;
            boolean shared =
                IntStream.range(0, vote.length).anyMatch(i -> i != voter && vote[i] == flagged);
            counts[2] += shared ? times : 0;
          } else if (vote[voter] != VoteCounts.ABSTAINS) {
            counts[1] += times;
          }
        });
    return new Tally(votes.voters().get(voter), counts[0], counts[1], counts[2]);
  }

  private static Optional<Lack> lackOf(Tally tally) {
    if (tally.flags() < LEAST_FLAGS) {
      return Optional.of(Lack.FLAGS);
    }
    if (tally.shared() < LEAST_SHARED) {
      return Optional.of(Lack.OTHERS);
    }
    return tally.saysBoth() ? Optional.empty() : Optional.of(Lack.VOTERS);
  }

  private static Estimate estimate(
      Tally tally, LabelModel model, String flag, Map<String, Double> spread) {
    Optional<Lack> lack = lackOf(tally);
    if (lack.isPresent()) {
      return tally.without(lack.get());
    }
    Precision precision = model.precision(tally.voter(), flag);
    if (precision.share().isEmpty()) {
      return tally.without(Lack.VOTERS);
    }
    // Samples of which some tell nothing have no spread at all.
    if (!(spread.getOrDefault(tally.voter(), Double.NaN) <= LARGEST_SPREAD)) {
      return tally.without(Lack.STEADINESS);
    }
    return new Estimate(tally.voter(), precision, tally.flags(), tally.shared(), Optional.empty());
  }

  private static Map<String, Double> spread(VoteCounts votes, String flag) {
    var random = new SplittableRandom(SEED);
    Map<String, List<Double>> found = new LinkedHashMap<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      LabelModel model = LabelModel.fit(votes.drawnAgain(random));
      for (String voter : votes.voters()) {
        model
            .precision(voter, flag)
            .share()
            .ifPresent(share -> found.computeIfAbsent(voter, v -> new ArrayList<>()).add(share));
      }
    }
    Map<String, Double> spread = new LinkedHashMap<>();
    found.forEach(
        (voter, shares) -> {
          if (shares.size() == SAMPLES) {
            spread.put(voter, deviation(shares));
          }
        });
    return spread;
  }

  private static double deviation(List<Double> of) {
    double mean = of.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = of.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (of.size() - 1));
  }
}
