package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The k nearest neighbours of a few items among many that come by in blocks: by cosine, an item
 * itself left out, as the measure of neighbours has it. Exact: every row is held against every item
 * that is asked for, O(asked x rows x d) time and O(asked x (d + k)) space.
 *
 * <p>Shards add up: {@link #merge} takes what {@link #nearest} says of each. Of equal cosines the
 * item with the lower name is taken, so that the same are found in whatever order and shards rows
 * come; where cosines are equal but for rounding, either may be.
 */
public final class NearestItems {
  private final int k;
  private final List<String> asked;
  private final Matrix units;
  private final List<TreeSet<Near>> best = new ArrayList<>();

  /**
   * An item that is near.
   *
   * @param cosine from -1 to 1 up to rounding; 0 of a vector of zeros
   */
  public record Near(String item, double cosine) implements Comparable<Near> {
    /** The nearest first. */
    @Override
    public int compareTo(Near other) {
      int byCosine = Double.compare(other.cosine, cosine);
      return byCosine != 0 ? byCosine : item.compareTo(other.item);
    }
  }

  private NearestItems(int k, List<String> asked, Matrix units) {
    this.k = k;
    this.asked = asked;
    this.units = units;
    asked.forEach(item -> best.add(new TreeSet<>()));
  }

  /**
   * @param k from 1 on
   * @param items that are asked for, one at least
   * @param vectors theirs, in the same order, all of one length
   */
  public static NearestItems of(int k, List<String> items, List<double[]> vectors) {
    if (k < 1) {
      throw new IllegalArgumentException("nearest items need k >= 1, got " + k);
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException("nearest items need an item to ask for, got none");
    }
    Matrix units = Matrix.of(items.size(), vectors.getFirst().length);
    copyUnits(items, vectors, units);
    return new NearestItems(k, List.copyOf(items), units);
  }

  private static void copyUnits(List<String> items, List<double[]> vectors, Matrix units) {
    if (items.size() != vectors.size()) {
      throw new IllegalArgumentException(
          "%d items need as many vectors, got %d".formatted(items.size(), vectors.size()));
    }
    for (int i = 0; i < vectors.size(); i++) {
      double[] row = vectors.get(i).clone();
      Directions.normalise(row);
      units.setRow(i, row);
    }
  }

  /** Holds rows against all that is asked for; hundreds at once are cheaper than single ones. */
  public void offer(List<String> items, List<double[]> vectors) {
    Matrix rows = Matrix.of(items.size(), units.columns());
    copyUnits(items, vectors, rows);
    Matrix cosines = Matrix.of(asked.size(), items.size());
    LinearAlgebra.get().timesTransposed(units, rows, cosines);
    double[] ofOne = new double[items.size()];
    for (int q = 0; q < asked.size(); q++) {
      cosines.copyRow(q, ofOne);
      for (int i = 0; i < ofOne.length; i++) {
        offer(q, items.get(i), ofOne[i]);
      }
    }
  }

  private void offer(int q, String item, double cosine) {
    TreeSet<Near> found = best.get(q);
    boolean maybe = found.size() < k || cosine >= found.last().cosine();
    if (maybe && !item.equals(asked.get(q))) {
      found.add(new Near(item, cosine));
      if (found.size() > k) {
        found.pollLast();
      }
    }
  }

  /** Of each item that is asked for, in the order asked: its neighbours so far, nearest first. */
  public List<List<Near>> nearest() {
    return best.stream().map(List::copyOf).toList();
  }

  /**
   * The nearest of what several shards without an item in common found of one item.
   *
   * @param k how many are kept at most
   */
  public static List<Near> merge(int k, List<List<Near>> shards) {
    Near[] all = shards.stream().flatMap(List::stream).toArray(Near[]::new);
    Arrays.sort(all);
    return List.of(Arrays.copyOf(all, Math.min(k, all.length)));
  }
}
