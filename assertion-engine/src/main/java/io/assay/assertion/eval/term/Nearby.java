package io.assay.assertion.eval.term;

import java.util.Arrays;

/**
 * The boxes of a list that can meet a given one, in the order of the list; maybe some more, never
 * fewer.
 *
 * <p>The plane is cut into columns and rows; each knows the boxes that reach into it as a set of
 * bits. Those near a box are the ones that some column of it and some row of it have in common. So
 * a box as large as the plane costs no more than a bit in each, and where the outermost columns and
 * rows begin matters for speed only: what lies beyond belongs to them.
 */
public final class Nearby {
  /** Fewer pairs than this are asked sooner than they are sorted out. */
  private static final int FEW = 256;

  private static final int STRIPS = 32;
  private static final int SAMPLE = 16;

  /** Steps of it through a list meet no pattern in which boxes may be listed. */
  private static final double GOLDEN = 0.6180339887498949;

  private final int size;
  private final Strips columns;
  private final Strips rows;

  /** All of those that may lie anywhere. */
  private final long[] anywhere;

  private final long[] found;
  private boolean all;

  private Nearby(int size, int words, Strips columns, Strips rows) {
    this.size = size;
    this.columns = columns;
    this.rows = rows;
    this.all = words == 0;
    this.anywhere = new long[words];
    this.found = new long[words];
  }

  /** Whether it is worth the effort for so many pairs. */
  public static boolean pays(int listed, int asked) {
    return (long) listed * asked >= FEW;
  }

  /** Of boxes whose places nobody asked for: each of so many is near. */
  public static Nearby all(int size) {
    return new Nearby(size, 0, Strips.NONE, Strips.NONE);
  }

  public static Nearby of(Zone[] zones) {
    double[] lefts = new double[zones.length];
    double[] tops = new double[zones.length];
    int placed = 0;
    for (Zone zone : zones) {
      if (zone.isSomewhere()) {
        lefts[placed] = zone.left();
        tops[placed++] = zone.top();
      }
    }
    int words = (zones.length + Long.SIZE - 1) / Long.SIZE;
    Strips columns = Strips.over(lefts, placed, words);
    Nearby nearby = new Nearby(zones.length, words, columns, Strips.over(tops, placed, words));
    for (int i = 0; i < zones.length; i++) {
      nearby.put(i, zones[i]);
    }
    return nearby;
  }

  private void put(int i, Zone zone) {
    if (zone.isAnywhere()) {
      anywhere[i / Long.SIZE] |= 1L << i;
    } else if (zone.isSomewhere()) {
      columns.put(i, zone.left(), zone.right());
      rows.put(i, zone.top(), zone.bottom());
    }
  }

  /** Whether it knows where they lie. */
  public boolean isSorted() {
    return found.length > 0;
  }

  /** Looks for what is near; {@link #next} tells it. */
  public void seek(Zone zone) {
    all = zone.isAnywhere();
    System.arraycopy(anywhere, 0, found, 0, found.length);
    if (!zone.isSomewhere()) {
      return;
    }
    int left = columns.strip(zone.left());
    int right = columns.strip(zone.right());
    int top = rows.strip(zone.top());
    int bottom = rows.strip(zone.bottom());
    for (int word = 0; word < found.length; word++) {
      found[word] |= columns.reached(word, left, right) & rows.reached(word, top, bottom);
    }
  }

  /** The first that is near and comes behind this one; -1: none. */
  public int next(int behind) {
    int from = behind + 1;
    if (all) {
      return from < size ? from : -1;
    }
    for (int word = from / Long.SIZE; word < found.length; word++) {
      long bits = word == from / Long.SIZE ? found[word] & -1L << from : found[word];
      if (bits != 0) {
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
      }
    }
    return -1;
  }

  /** One axis cut into pieces of equal length, the first and the last without end. */
  private static final class Strips {
    static final Strips NONE = new Strips(0, 0, 0);

    private final double start;
    private final double perUnit;
    private final int words;
    private final long[] boxes;

    private Strips(double start, double perUnit, int words) {
      this.start = start;
      this.perUnit = perUnit;
      this.words = words;
      this.boxes = new long[STRIPS * words];
    }

    /** Over where most boxes begin: a few that lie far off do not make the strips wide. */
    static Strips over(double[] places, int count, int words) {
      int sampled = Math.min(SAMPLE, count);
      double[] some = new double[sampled];
      for (int i = 0; i < sampled; i++) {
        some[i] = places[(int) (i * GOLDEN % 1 * count)];
      }
      Arrays.sort(some);
      int cut = sampled / 8;
      double first = sampled == 0 ? 0 : some[cut];
      double last = sampled == 0 ? 0 : some[sampled - 1 - cut];
      double beyond = (last - first) / 4;
      return new Strips(first - beyond, STRIPS / (last - first + 2 * beyond), words);
    }

    void put(int i, double from, double to) {
      int last = strip(to);
      for (int strip = strip(from); strip <= last; strip++) {
        boxes[strip * words + i / Long.SIZE] |= 1L << i;
      }
    }

    long reached(int word, int from, int to) {
      long reached = 0;
      for (int strip = from; strip <= to; strip++) {
        reached |= boxes[strip * words + word];
      }
      return reached;
    }

    /** Never falls as the place grows, also where all lie in one place or infinitely far. */
    int strip(double place) {
      return Math.clamp((long) ((place - start) * perUnit), 0, STRIPS - 1);
    }
  }
}
