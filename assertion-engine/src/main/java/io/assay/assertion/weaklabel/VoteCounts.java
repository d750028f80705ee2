package io.assay.assertion.weaklabel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * What voters said of items, none by name: how often each combination of votes came. All that the
 * label model needs to know, to be added to item by item and merged, in any order; as large as
 * there are different combinations, not as there are items.
 *
 * <p>An assertion that looked and found nothing votes for "no error"; one that did not judge
 * abstains. Where all votes of a voter are the same class, nothing tells its accuracy.
 */
public final class VoteCounts {
  /** Instead of a class: the voter says nothing of the item. */
  public static final int ABSTAINS = -1;

  private static final int MOST_CLASSES = 1_000;

  private final List<String> voters;
  private final List<String> classes;

  /** A character a voter: its class + 1, 0 where it abstains. */
  private final TreeMap<String, Long> counts = new TreeMap<>();

  private long items;

  /**
   * Of no item yet.
   *
   * @param voters each once, at least one
   * @param classes each once, 2 to 1,000
   */
  public VoteCounts(List<String> voters, List<String> classes) {
    this.voters = List.copyOf(voters);
    this.classes = List.copyOf(classes);
    if (voters.isEmpty() || Set.copyOf(voters).size() < voters.size()) {
      throw new IllegalArgumentException("needed voters, each once, got " + voters);
    }
    if (classes.size() < 2
        || classes.size() > MOST_CLASSES
        || Set.copyOf(classes).size() < classes.size()) {
      throw new IllegalArgumentException(
          "needed 2 to %d classes, each once, got %s".formatted(MOST_CLASSES, classes));
    }
  }

  public List<String> voters() {
    return voters;
  }

  public List<String> classes() {
    return classes;
  }

  /** How many items somebody voted on. */
  public long items() {
    return items;
  }

  /**
   * One more item. That nobody votes on it says nothing, and it does not count.
   *
   * @param votes of each voter in order: the index of a class, or {@link #ABSTAINS}
   */
  public void add(int... votes) {
    add(votes, 1);
  }

  /** So many more items of the same votes. */
  public void add(int[] votes, long times) {
    check(votes);
    if (times < 0) {
      throw new IllegalArgumentException("needed a count of at least 0, got " + times);
    }
    if (times > 0 && Arrays.stream(votes).anyMatch(vote -> vote != ABSTAINS)) {
      char[] pattern = new char[votes.length];
      for (int i = 0; i < votes.length; i++) {
        pattern[i] = (char) (votes[i] + 1);
      }
      counts.merge(new String(pattern), times, Long::sum);
      items += times;
    }
  }

  /** Takes in what another has seen of other items; the other stays as it is. */
  public void merge(VoteCounts other) {
    if (!voters.equals(other.voters) || !classes.equals(other.classes)) {
      throw new IllegalArgumentException(
          "needed votes of %s on %s, got %s on %s"
              .formatted(voters, classes, other.voters, other.classes));
    }
    other.counts.forEach((pattern, count) -> counts.merge(pattern, count, Long::sum));
    items += other.items;
  }

  /** Each combination once, with how often it came; in the same order whatever came first. */
  void forEach(ObjLongConsumer<int[]> told) {
    counts.forEach(
        (pattern, count) -> told.accept(pattern.chars().map(vote -> vote - 1).toArray(), count));
  }

  /** A combination of votes, of each voter in order, and how often it came. */
  public record Pattern(List<Integer> votes, long times) {
    public Pattern {
      votes = List.copyOf(votes);
    }
  }

  /** All of them, each once, to be kept: {@link #add(int[], long)} takes them in again. */
  public List<Pattern> patterns() {
    List<Pattern> all = new ArrayList<>();
    forEach((votes, times) -> all.add(new Pattern(Arrays.stream(votes).boxed().toList(), times)));
    return all;
  }

  /** What some of the voters said; items on which none of them did are left out. */
  public VoteCounts of(List<String> some) {
    if (!voters.containsAll(some)) {
      throw new IllegalArgumentException("needed voters of %s, got %s".formatted(voters, some));
    }
    int[] places = some.stream().mapToInt(voters::indexOf).toArray();
    var counts = new VoteCounts(some, classes);
    forEach(
        (votes, times) -> counts.add(Arrays.stream(places).map(i -> votes[i]).toArray(), times));
    return counts;
  }

  /** As many items drawn from these with putting back: what another sample might have been. */
  VoteCounts drawnAgain(SplittableRandom random) {
    List<Pattern> patterns = patterns();
    long[] upTo = new long[patterns.size()];
    long sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += patterns.get(i).times();
      upTo[i] = sum;
    }
    long[] drawn = new long[upTo.length];
    for (long item = 0; item < items; item++) {
      int at = Arrays.binarySearch(upTo, random.nextLong(items) + 1);
      drawn[at < 0 ? -at - 1 : at]++;
    }
    var again = new VoteCounts(voters, classes);
    for (int i = 0; i < drawn.length; i++) {
      again.add(patterns.get(i).votes().stream().mapToInt(Integer::intValue).toArray(), drawn[i]);
    }
    return again;
  }

  private void check(int[] votes) {
    if (votes.length != voters.size()) {
      throw new IllegalArgumentException(
          "needed a vote of each of %d voters, got %d".formatted(voters.size(), votes.length));
    }
    for (int vote : votes) {
      if (vote < ABSTAINS || vote >= classes.size()) {
        throw new IllegalArgumentException(
            "needed votes in -1 .. %d, got %d".formatted(classes.size() - 1, vote));
      }
    }
  }
}
