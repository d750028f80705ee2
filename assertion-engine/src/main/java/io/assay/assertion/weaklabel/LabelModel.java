package io.assay.assertion.weaklabel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What voters are worth and what items are, from votes alone: Dawid and Skene's model (1979), each
 * voter with a confusion of its own, and what it lacks. <b>Voters that repeat each other</b> share
 * a voice ({@link Dependence}); <b>items differ in difficulty</b>: where an item is hard, all err
 * more, each in its way (a latent class more, as Qu, Tan and Kutner, 1996, have it for tests of one
 * disease), which is used only where the votes call for it (BIC). Plain Dawid-Skene takes every
 * agreement for a proof, and overrates whoever errs together.
 *
 * <p>Classes are named by the majority: where most voices are wrong more often than right, all is
 * turned round. Two voices can be told from nothing: estimates need three ({@link #voices}).
 */
public final class LabelModel {
  private static final double LEAST_VOICES = 2.5;

  private final List<String> voters;
  private final List<String> classes;
  private final Expected seen;
  private final Parameters parameters;

  private LabelModel(
      List<String> voters, List<String> classes, Expected seen, Parameters parameters) {
    this.voters = voters;
    this.classes = classes;
    this.seen = seen;
    this.parameters = parameters;
  }

  /**
   * Of votes, with dependence and difficulty.
   *
   * @throws IllegalArgumentException if there is no vote
   */
  public static LabelModel fit(VoteCounts votes) {
    someVote(votes);
    Fitting hard = Fitting.finding(votes, 2);
    Dependence dependence = hard.parameters().dependence;
    double gain = hard.likelihood() - Fitting.held(votes, 1, dependence).likelihood();
    double k = votes.classes().size();
    double more = dependence.voices() * k * (k - 1) + k;
    boolean differ = gain > more * Math.log((double) votes.items()) / 2;
    return of(votes, differ ? hard : Fitting.finding(votes, 1));
  }

  /** Of votes, by Dawid and Skene alone: every voter has a voice, every item is as hard. */
  public static LabelModel dawidSkene(VoteCounts votes) {
    someVote(votes);
    return of(votes, Fitting.held(votes, 1, Dependence.none(votes.voters().size())));
  }

  private static void someVote(VoteCounts votes) {
    if (votes.items() == 0) {
      throw new IllegalArgumentException("a label model needs votes, got none");
    }
  }

  private static LabelModel of(VoteCounts votes, Fitting fitting) {
    return new LabelModel(votes.voters(), votes.classes(), fitting.seen(), fitting.parameters());
  }

  /**
   * With more items, without a new fit: each is judged by what is known, and counts as judged
   * (incremental EM; Neal and Hinton, 1998). As good as a fit of all while new items are like the
   * old; a fit of the merged {@link VoteCounts} is exact, and says anew whether items differ.
   * Partitions merge their counts, and one hands them on.
   */
  public LabelModel with(VoteCounts more) {
    if (!more.voters().equals(voters) || !more.classes().equals(classes)) {
      throw new IllegalArgumentException(
          "needed votes of %s on %s, got %s on %s"
              .formatted(voters, classes, more.voters(), more.classes()));
    }
    Expected sums = seen.copy();
    double[] states = new double[seen.states.length];
    more.forEach(
        (votes, times) -> {
          parameters.infer(votes, states);
          sums.add(votes, states, (double) times);
        });
    Dependence found = parameters.dependence.towards(Dependence.of(sums, parameters.answers));
    return new LabelModel(voters, classes, sums, new Parameters(sums, found));
  }

  /**
   * How likely each class is of an item.
   *
   * @param votes of each voter in order: the index of a class, or {@link VoteCounts#ABSTAINS}
   */
  public double[] classes(int... votes) {
    double[] states = new double[seen.states.length];
    parameters.infer(votes, states);
    double[] classes = new double[seen.classes];
    for (int state = 0; state < states.length; state++) {
      classes[state % seen.classes] += states[state];
    }
    return classes;
  }

  /** How often a voter is right where it votes, in 0 .. 1; unknown with too few voices. */
  public Precision accuracy(String voter) {
    double right = 0;
    double all = 0;
    for (int c = 0; c < seen.classes; c++) {
      right += said(voter, c, c);
      for (int vote = 0; vote < seen.classes; vote++) {
        all += said(voter, c, vote);
      }
    }
    return estimate(right, all);
  }

  /** How often a voter's votes for a class are right: the precision of an assertion's flags. */
  public Precision precision(String voter, String of) {
    int vote = index(classes, of);
    double all = 0;
    for (int c = 0; c < seen.classes; c++) {
      all += said(voter, c, vote);
    }
    return estimate(said(voter, vote, vote), all);
  }

  /** Of the items of a class on which it votes, how many it says so of: what it finds. */
  public Precision recall(String voter, String of) {
    int c = index(classes, of);
    double all = 0;
    for (int vote = 0; vote < seen.classes; vote++) {
      all += said(voter, c, vote);
    }
    return estimate(said(voter, c, c), all);
  }

  private Precision estimate(double right, double all) {
    return all == 0 || voices() < LEAST_VOICES
        ? new Precision.Unknown()
        : new Precision.Estimated(Math.min(1, right / all), Math.round(all));
  }

  /** Items of a class of which a voter said another, as far as is known. */
  private double said(String voter, int of, int vote) {
    double sum = 0;
    for (int state = of; state < seen.states.length; state += seen.classes) {
      sum += seen.said[index(voters, voter)][state * seen.classes + vote];
    }
    return sum;
  }

  private static int index(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("needed one of %s, got %s".formatted(names, name));
    }
    return index;
  }

  /** How many voters there are, those that repeat each other together as one. */
  public double voices() {
    return parameters.dependence.voices();
  }

  /** Whether some items are taken to be harder than others. */
  public boolean itemsDiffer() {
    return seen.levels > 1;
  }

  /** What share of the items are hard, in 0 .. 1. */
  public double hardShare() {
    double all = Arrays.stream(seen.states).sum();
    return all == 0 ? 0 : Arrays.stream(seen.states).skip(seen.classes).sum() / all;
  }

  /**
   * Two voters that repeat each other.
   *
   * @param share of what they could differ in, the share in which they agree beyond what their
   *     accuracies explain, in 0 .. 1
   */
  public record Repeating(String one, String other, double share) {}

  /** Those that repeat each other in at least this share, the most so first. */
  public List<Repeating> repeating(double least) {
    List<Repeating> found = new ArrayList<>();
    for (int i = 0; i < voters.size(); i++) {
      for (int j = i + 1; j < voters.size(); j++) {
        double share = parameters.dependence.between(i, j);
        if (share >= least) {
          found.add(new Repeating(voters.get(i), voters.get(j), share));
        }
      }
    }
    found.sort((a, b) -> Double.compare(b.share(), a.share()));
    return found;
  }
}
