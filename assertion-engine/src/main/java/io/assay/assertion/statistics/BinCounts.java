package io.assay.assertion.statistics;

import java.util.Arrays;

/** How many events fell into each of some frozen bins; the last bin is for what is missing. */
public final class BinCounts implements Mergeable<BinCounts> {
  private static final int VERSION = 1;

  private final long[] counts;

  /**
   * @param size {@link NumberBins#size()} or {@link CategoryBins#size()}
   */
  public BinCounts(int size) {
    if (size < 2) {
      throw new IllegalArgumentException("counts need a bin and the missing one, got " + size);
    }
    counts = new long[size];
  }

  public void add(int bin) {
    counts[bin]++;
  }

  void add(int bin, long count) {
    counts[bin] += count;
  }

  public int size() {
    return counts.length;
  }

  public long count(int bin) {
    return counts[bin];
  }

  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Of those in a bin that stands for values. */
  long present() {
    return total() - counts[counts.length - 1];
  }

  /**
   * As their missing rates may differ, too, whatever compares distributions needs the same bins.
   */
  void needSameBins(BinCounts other) {
    if (other.counts.length != counts.length) {
      throw new IllegalArgumentException(
          "counts are compared over the same bins, got %d and %d"
              .formatted(counts.length, other.counts.length));
    }
  }

  @Override
  public void merge(BinCounts other) {
    needSameBins(other);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeUnsigned(counts.length);
    for (long count : counts) {
      out.writeUnsigned(count);
    }
    return out.toBytes();
  }

  public static BinCounts read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "counts of bins");
    var read = new BinCounts(in.readSize());
    for (int i = 0; i < read.counts.length; i++) {
      read.counts[i] = in.readCount();
    }
    in.end();
    return read;
  }
}
