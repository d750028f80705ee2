package io.assay.imputation.net;

import java.util.Arrays;

/**
 * The cells of a batch that a network is asked for, or learns from: of each attribute some rows.
 */
final class Targets {
  private final int[][] places;
  private final int[] counts;

  Targets(int attributes, int batch) {
    this.places = new int[attributes][batch];
    this.counts = new int[attributes];
  }

  void clear() {
    Arrays.fill(counts, 0);
  }

  /**
   * @param place of the row in the batch
   */
  void add(int attribute, int place) {
    places[attribute][counts[attribute]++] = place;
  }

  int count(int attribute) {
    return counts[attribute];
  }

  int[] places(int attribute) {
    return places[attribute];
  }
}
