package io.assay.assertion.statistics;

import java.util.Arrays;

/**
 * Intervals that a baseline has frozen: up to and including the first edge, from there to the
 * second, and so on; the last is open. One more bin is for what is missing.
 */
public final class NumberBins {
  private static final int VERSION = 1;

  private final double[] edges;

  private NumberBins(double[] edges) {
    this.edges = edges;
  }

  /**
   * As equally filled as the baseline's numbers allow: the edges are its quantiles, each but once.
   * A number that is repeated often therefore has a bin that ends with it.
   *
   * @param baseline has one number at least
   * @param bins how many, at most
   */
  public static NumberBins ofQuantiles(ValueCounts baseline, int bins) {
    return ofQuantiles(baseline.sorted(), bins);
  }

  static NumberBins ofQuantiles(SortedCounts sorted, int bins) {
    needBins(bins);
    double largest = sorted.bounds(1).high();
    double[] edges = new double[bins - 1];
    int count = 0;
    for (int i = 1; i < bins; i++) {
      double edge = sorted.bounds((double) i / bins).high();
      // what lies above the largest number would be empty in the baseline for ever
      if (edge < largest && (count == 0 || edge > edges[count - 1])) {
        edges[count++] = edge;
      }
    }
    return new NumberBins(Arrays.copyOf(edges, count));
  }

  /** Of one width, as for scores in 0 .. 1; what lies outside falls in the first or the last. */
  public static NumberBins ofWidth(double low, double high, int bins) {
    needBins(bins);
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "bins need a range from a lower to a higher number, got %s .. %s".formatted(low, high));
    }
    double[] edges = new double[bins - 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = low + (high - low) * (i + 1) / bins;
    }
    return new NumberBins(edges);
  }

  private static void needBins(int bins) {
    if (bins < 1 || bins > 1 << 20) {
      throw new IllegalArgumentException("bins need a number in 1 .. 2^20, got " + bins);
    }
  }

  /** How many bins, the missing one included. */
  public int size() {
    return edges.length + 2;
  }

  /** The bin of what is missing, the last; NaN and the infinities go there as well. */
  public int missing() {
    return edges.length + 1;
  }

  public int bin(double value) {
    if (!Double.isFinite(value)) {
      return missing();
    }
    // -0.0 lies below an edge of 0 for a binary search, for arithmetic it does not
    int at = Arrays.binarySearch(edges, value + 0.0);
    return at >= 0 ? at : -at - 1;
  }

  /** The last number that belongs to a bin; infinite for the last of them. */
  public double upTo(int bin) {
    return bin < edges.length ? edges[bin] : Double.POSITIVE_INFINITY;
  }

  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeUnsigned(edges.length);
    for (double edge : edges) {
      out.writeDouble(edge);
    }
    return out.toBytes();
  }

  public static NumberBins read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "bins of numbers");
    double[] edges = new double[in.readSize()];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = in.readDouble();
      if (!Double.isFinite(edges[i]) || (i > 0 && !(edges[i] > edges[i - 1]))) {
        throw in.broken("edges in order");
      }
    }
    in.end();
    return new NumberBins(edges);
  }
}
