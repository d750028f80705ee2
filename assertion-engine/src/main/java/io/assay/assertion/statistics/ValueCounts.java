package io.assay.assertion.statistics;

import java.util.OptionalDouble;

/**
 * How often each number was seen: exact until there are more different ones than the limit, then in
 * cells of neighbouring numbers, as narrow as the limit allows.
 *
 * <p>A cell is all doubles that agree in their leading bits. The number of bits dropped, the
 * <i>level</i>, is the least at which the cells do not exceed the limit. As more numbers never need
 * fewer cells, the level of a part is never above that of the whole, and the state is a function of
 * the numbers alone. That is what sketches with random compactions (KLL, t-digest) cannot give:
 * quantiles and ranks here agree to the bit in every order and split, and each comes with bounds
 * that hold for certain. A cell's width is at most 2^(level - 52) of its numbers' size.
 *
 * <p>NaN and the infinities count as missing.
 */
public final class ValueCounts implements Mergeable<ValueCounts> {
  private static final int VERSION = 1;

  /** Quantiles within 0.5 % in rank for a smooth distribution, in at most 12 KB. */
  public static final int USUAL_LIMIT = 2048;

  private final int limit;
  private int level;
  private Cells cells = new Cells();
  private long count;
  private long missing;

  public ValueCounts(int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("counts of values need a limit >= 2, got " + limit);
    }
    this.limit = limit;
  }

  public void add(double value) {
    if (!Double.isFinite(value)) {
      missing++;
      return;
    }
    count++;
    cells.add(Ordered.key(value) >> level, 1);
    if (cells.size() > limit) {
      coarsen();
    }
  }

  /**
   * Counts a category as the number that its hash is, of 52 bits: all that is counted of a number
   * but its order means something for it.
   */
  public void add(String category) {
    add((double) (Mixing.hash(category) >>> 12));
  }

  /** How often a category was counted, where there are not so many that they share cells. */
  long countOf(String category) {
    SortedCounts sorted = sorted();
    long key = Ordered.key((double) (Mixing.hash(category) >>> 12)) >> sorted.level();
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.key(i) == key) {
        return sorted.count(i);
      }
    }
    return 0;
  }

  public void addMissing() {
    missing++;
  }

  /** Drops as few bits as bring the cells within the limit. */
  private void coarsen() {
    long[] keys = cells.sortedKeys();
    int[] partedBy = new int[Long.SIZE + 1];
    for (int i = 1; i < keys.length; i++) {
      partedBy[Long.SIZE - Long.numberOfLeadingZeros(keys[i - 1] ^ keys[i])]++;
    }
    int drop = 0;
    int left = keys.length;
    while (left > limit) {
      drop++;
      left -= partedBy[drop];
    }
    raise(level + drop);
  }

  private void raise(int higher) {
    if (higher > level) {
      var wider = new Cells();
      for (long key : cells.sortedKeys()) {
        wider.add(key >> (higher - level), cells.count(key));
      }
      cells = wider;
      level = higher;
    }
  }

  /** How many numbers; the missing are not among them. */
  public long count() {
    return count;
  }

  public long missing() {
    return missing;
  }

  /** Whether every number is still known exactly. */
  public boolean exact() {
    return level == 0;
  }

  /** The numbers in cells, from the least. */
  public SortedCounts sorted() {
    long[] keys = cells.sortedKeys();
    long[] counts = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      counts[i] = cells.count(keys[i]);
    }
    return new SortedCounts(level, keys, counts, count);
  }

  /**
   * The least number that q of all do not exceed; empty when there is none. Where a cell holds
   * several, the middle of the cell; {@link SortedCounts#bounds} says how far off it may be.
   */
  public OptionalDouble quantile(double q) {
    return sorted().quantile(q);
  }

  @Override
  public void merge(ValueCounts other) {
    if (other.limit != limit) {
      throw new IllegalArgumentException(
          "counts of values merge under one limit, got %d and %d".formatted(limit, other.limit));
    }
    raise(other.level);
    for (long key : other.cells.sortedKeys()) {
      cells.add(key >> (level - other.level), other.cells.count(key));
    }
    count += other.count;
    missing += other.missing;
    if (cells.size() > limit) {
      coarsen();
    }
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION);
    out.writeUnsigned(limit).writeUnsigned(level).writeUnsigned(missing);
    out.writeUnsigned(cells.size());
    long before = 0;
    for (long key : cells.sortedKeys()) {
      out.writeLong(key - before).writeUnsigned(cells.count(key));
      before = key;
    }
    return out.toBytes();
  }

  public static ValueCounts read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "counts of values");
    long limit = in.readCount();
    long level = in.readCount();
    if (limit < 2 || limit > Integer.MAX_VALUE || level >= Long.SIZE) {
      throw in.broken("a limit and a level");
    }
    var values = new ValueCounts((int) limit);
    values.level = (int) level;
    values.missing = in.readCount();
    int size = in.readSize();
    long key = 0;
    for (int i = 0; i < size; i++) {
      key += in.readLong();
      long count = in.readCount();
      if (count == 0) {
        throw in.broken("a count above 0");
      }
      values.cells.add(key, count);
      values.count += count;
    }
    in.end();
    return values;
  }
}
