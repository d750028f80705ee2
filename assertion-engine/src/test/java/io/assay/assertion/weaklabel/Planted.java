package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Items whose classes are known to the test alone, and voters that are right as often as planned.
 */
final class Planted {
  private final int classes;
  private final int[] truth;
  private final List<int[]> items;
  private final Random random;

  private Planted(int classes, int[] truth, List<int[]> items, Random random) {
    this.classes = classes;
    this.truth = truth;
    this.items = items;
    this.random = random;
  }

  /** Classes as likely, errors spread over the other classes, all independent. */
  static Planted of(long seed, int classes, int count, double... accuracies) {
    var random = new Random(seed);
    int[] truth = random.ints(count, 0, classes).toArray();
    List<int[]> items = new ArrayList<>();
    for (int of : truth) {
      int[] votes = new int[accuracies.length];
      for (int i = 0; i < votes.length; i++) {
        votes[i] = vote(random, of, classes, accuracies[i]);
      }
      items.add(votes);
    }
    return new Planted(classes, truth, items, random);
  }

  /** A share of the items is hard for all voters, otherwise they are independent. */
  static Planted easyAndHard(
      long seed, int classes, int count, double hard, double easyRight, double hardRight, int of) {
    var random = new Random(seed);
    int[] truth = random.ints(count, 0, classes).toArray();
    List<int[]> items = new ArrayList<>();
    for (int item : truth) {
      double right = random.nextDouble() < hard ? hardRight : easyRight;
      items.add(IntStream.range(0, of).map(i -> vote(random, item, classes, right)).toArray());
    }
    return new Planted(classes, truth, items, random);
  }

  /** Class 1 is an error: so often each voter flags one, and an item without. */
  static Planted flags(long seed, int count, double errors, double[][] flagging) {
    var random = new Random(seed);
    int[] truth =
        IntStream.range(0, count).map(i -> random.nextDouble() < errors ? 1 : 0).toArray();
    List<int[]> items = new ArrayList<>();
    for (int of : truth) {
      int[] votes = new int[flagging.length];
      for (int i = 0; i < votes.length; i++) {
        votes[i] = random.nextDouble() < flagging[i][1 - of] ? 1 : 0;
      }
      items.add(votes);
    }
    return new Planted(2, truth, items, random);
  }

  private static int vote(Random random, int of, int classes, double right) {
    return random.nextDouble() < right ? of : (of + 1 + random.nextInt(classes - 1)) % classes;
  }

  /** One more voter: says what another says, but for a share of items, where it says anything. */
  Planted withCopies(int voter, double own) {
    List<int[]> more = new ArrayList<>();
    for (int[] votes : items) {
      int[] with = Arrays.copyOf(votes, votes.length + 1);
      with[votes.length] = random.nextDouble() < own ? random.nextInt(classes) : votes[voter];
      more.add(with);
    }
    return new Planted(classes, truth, more, random);
  }

  /** Every voter keeps silent on so many items. */
  Planted abstaining(double share) {
    List<int[]> fewer = new ArrayList<>();
    for (int[] votes : items) {
      fewer.add(
          Arrays.stream(votes)
              .map(vote -> random.nextDouble() < share ? VoteCounts.ABSTAINS : vote)
              .toArray());
    }
    return new Planted(classes, truth, fewer, random);
  }

  List<int[]> items() {
    return items;
  }

  VoteCounts empty() {
    return new VoteCounts(
        IntStream.range(0, items.getFirst().length).mapToObj(i -> "v" + i).toList(),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  VoteCounts votes() {
    VoteCounts votes = empty();
    items.forEach(item -> votes.add(item));
    return votes;
  }

  void checkAccuracies(LabelModel model, double tolerance) {
    for (int i = 0; i < items.getFirst().length; i++) {
      double right = 0;
      double voted = 0;
      for (int item = 0; item < truth.length; item++) {
        voted += items.get(item)[i] == VoteCounts.ABSTAINS ? 0 : 1;
        right += items.get(item)[i] == truth[item] ? 1 : 0;
      }
      assertThat(model.accuracy("v" + i).share().orElseThrow())
          .as("v" + i)
          .isCloseTo(right / voted, within(tolerance));
    }
  }

  double precision(int voter, int of) {
    return both(voter, of) / count(items.stream().mapToInt(votes -> votes[voter]).toArray(), of);
  }

  double recall(int voter, int of) {
    return both(voter, of) / count(truth, of);
  }

  private double both(int voter, int of) {
    return IntStream.range(0, truth.length)
        .filter(i -> truth[i] == of && items.get(i)[voter] == of)
        .count();
  }

  private static double count(int[] values, int of) {
    return IntStream.of(values).filter(value -> value == of).count();
  }
}
