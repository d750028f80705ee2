package io.assay.imputation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A sample of a stream's rows, of bounded size, in which a row weighs half as much for each
 * half-life that it is older (Efraimidis, Spirakis: <i>Weighted random sampling with a
 * reservoir</i>, 2006).
 *
 * <p><b>Law.</b> Where rows come at a steady rate of r, a row of age t is kept with probability
 * {@code 1 - exp(-c 2^(-t / h))}, with c such that the capacity is kept: {@code r h / ln 2 (gamma +
 * ln c + E1(c))}. Where many more rows than the capacity come in a half-life h, ages therefore are
 * exponential with that half-life; where fewer do, the newest rows are all kept, and the older ones
 * fade. Until as many rows as the capacity have come, all are kept.
 *
 * <p>What is drawn for a row depends on the seed and the row's id alone. So reservoirs of
 * partitions, merged, keep the very rows that one reservoir of all would keep, in whatever order
 * they came; and a row that comes again, at the same time, is kept once.
 *
 * <p>Mutable, for one thread.
 */
public final class Reservoir {
  private static final Comparator<Row> LIKELIEST =
      Comparator.comparingDouble(Row::order).thenComparingLong(Row::id);

  /** One of so many rows is never learned of. */
  private static final int HELD_OF = 10;

  private final List<String> names;
  private final int capacity;
  private final long halfLife;
  private final long seed;
  private final TreeSet<Row> rows = new TreeSet<>(LIKELIEST);
  private long offered;

  /**
   * A row that is kept.
   *
   * @param cells in the order of the names, empty where they are missing
   * @param at when it came, in the unit of the half-life
   * @param id its own in all streams that are merged
   * @param order rows of the least are kept
   */
  public record Row(List<String> cells, long at, long id, double order) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * An empty one.
   *
   * @param names of the columns
   * @param capacity how many rows are kept, 1 or more
   * @param halfLife after how long a row weighs half, in the unit of what {@link #add} is told:
   *     milliseconds, or a number of rows; 1 or more
   * @param seed the same gives the same rows; those that are merged share it
   * @throws IllegalArgumentException of a name that comes twice, or a number below 1
   */
  public Reservoir(List<String> names, int capacity, long halfLife, long seed) {
    Set<String> different = new HashSet<>(names);
    if (names.isEmpty() || different.size() < names.size() || capacity < 1 || halfLife < 1) {
      throw new IllegalArgumentException(
          "a reservoir needs names that differ, and a capacity and a half-life of 1 or more,"
              + " got %s, %d, %d".formatted(names, capacity, halfLife));
    }
    this.names = List.copyOf(names);
    this.capacity = capacity;
    this.halfLife = halfLife;
    this.seed = seed;
  }

  /**
   * Offers a row.
   *
   * @param cells in the order of the names, empty where they are missing; numbers as they are to be
   *     read
   * @param at when it came, in the unit of the half-life; in any order
   * @param id its own in all streams that are merged, as a partition and an offset make it
   * @return whether it is kept and was not before
   * @throws IllegalArgumentException of another number of cells than of names
   */
  public boolean add(List<String> cells, long at, long id) {
    if (cells.size() != names.size()) {
      throw new IllegalArgumentException(
          "a row needs %d cells, got %d".formatted(names.size(), cells.size()));
    }
    offered++;
    double order = order(at, id);
    if (rows.size() == capacity && order > rows.last().order()) {
      return false;
    }
    return keep(new Row(cells, at, id, order));
  }

  /**
   * The logarithm of a draw from an exponential distribution whose rate is the row's weight.
   * Weights are told against a time that never moves, as only their ratios count; a logarithm never
   * overflows.
   */
  private double order(long at, long id) {
    double share = ((mix(mix(id) ^ seed) >>> 11) + 0.5) * 0x1p-53;
    double age = -StrictMath.log(2) * at / halfLife;
    return StrictMath.log(-StrictMath.log(share)) + age;
  }

  /** Of splitmix64 (Steele, Lea, Flood, 2014): each bit depends on all. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private boolean keep(Row row) {
    boolean isNew = rows.add(row);
    return rows.size() > capacity ? !row.equals(rows.pollLast()) : isNew;
  }

  /**
   * What one reservoir of both streams would hold. Neither changes.
   *
   * @throws IllegalArgumentException where they differ in names, capacity, half-life or seed
   */
  public Reservoir merge(Reservoir other) {
    if (!names.equals(other.names)
        || capacity != other.capacity
        || halfLife != other.halfLife
        || seed != other.seed) {
      throw new IllegalArgumentException(
          "reservoirs are merged that are made alike, got %s and %s".formatted(this, other));
    }
    var both = new Reservoir(names, capacity, halfLife, seed);
    rows.forEach(both::keep);
    other.rows.forEach(both::keep);
    both.offered = offered + other.offered;
    return both;
  }

  /** Of the columns. */
  public List<String> names() {
    return names;
  }

  /** How many rows are kept, when enough came. */
  public int capacity() {
    return capacity;
  }

  /** After how long a row weighs half. */
  public long halfLife() {
    return halfLife;
  }

  public long seed() {
    return seed;
  }

  /** How many rows were offered; one that came twice counts twice. */
  public long offered() {
    return offered;
  }

  /** How many rows it holds. */
  public int size() {
    return rows.size();
  }

  /** The rows it holds, those first that would leave last. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** The rows it holds, oldest first. */
  public Table table() {
    return table(row -> true);
  }

  /** Nine tenths of the rows, oldest first: to learn of. */
  public Table learned() {
    return table(row -> !isHeld(row));
  }

  /**
   * The others, oldest first: to compare imputers by, and to refit one. A row's id and the seed
   * decide, so that what is held once is never learned of later.
   */
  public Table held() {
    return table(this::isHeld);
  }

  private boolean isHeld(Row row) {
    return Long.remainderUnsigned(mix(mix(row.id()) ^ ~seed), HELD_OF) == 0;
  }

  private Table table(Predicate<Row> which) {
    List<Row> byTime = new ArrayList<>(rows);
    byTime.removeIf(which.negate());
    byTime.sort(Comparator.comparingLong(Row::at).thenComparingLong(Row::id));
    return Table.of(names, byTime.stream().map(Row::cells).toList());
  }

  /** All of it, for a store; the same for the same rows. */
  public byte[] bytes() {
    return ReservoirCodec.write(this);
  }

  /**
   * What {@link #bytes} wrote, now or in an earlier version.
   *
   * @throws IllegalArgumentException of bytes that are no reservoir, or of a later version
   */
  public static Reservoir read(byte[] bytes) {
    return ReservoirCodec.read(bytes);
  }

  /** As it was written: so many were offered in all. */
  Reservoir offered(long offered) {
    this.offered = offered;
    return this;
  }

  @Override
  public String toString() {
    return "%d of %d rows of %s, half-life %d, seed %d"
        .formatted(rows.size(), capacity, names, halfLife, seed);
  }
}
