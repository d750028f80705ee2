package io.assay.assertion.statistics;

/**
 * How many different values were seen: exact up to 512, then a HyperLogLog of 4,096 registers, off
 * by 1.6 % in one standard deviation.
 *
 * <p>Flajolet et al., <i>HyperLogLog</i>, 2007, with hashes of 64 bits; the estimate is Ertl's
 * (<i>New cardinality estimation algorithms for HyperLogLog sketches</i>, 2017, algorithm 6), which
 * needs no table of corrections and, unlike estimates that follow the insertions, depends on the
 * registers alone.
 */
public final class DistinctCount implements Mergeable<DistinctCount> {
  private static final int VERSION = 1;

  /** Up to so many the count is exact. */
  public static final int EXACT = 512;

  private static final int PRECISION = 12;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int LARGEST = Long.SIZE - PRECISION + 1;

  /** One standard deviation, as a share of the count. */
  public static final double RELATIVE_ERROR = 1.04 / Math.sqrt(REGISTERS);

  private Cells hashes = new Cells();
  private byte[] registers = {};

  public void add(long value) {
    addHash(Mixing.mix(value + 0x9E3779B97F4A7C15L));
  }

  public void add(double value) {
    addHash(Mixing.mix(Ordered.key(value) ^ 0xD1B54A32D192ED03L));
  }

  public void add(String value) {
    addHash(Mixing.hash(value));
  }

  private void addHash(long hash) {
    if (registers.length > 0) {
      register(hash);
      return;
    }
    if (hashes.count(hash) == 0) {
      hashes.add(hash, 1);
      if (hashes.size() > EXACT) {
        densify();
      }
    }
  }

  private void densify() {
    registers = new byte[REGISTERS];
    for (long hash : hashes.sortedKeys()) {
      register(hash);
    }
    hashes = new Cells();
  }

  private void register(long hash) {
    int index = (int) (hash >>> (Long.SIZE - PRECISION));
    int run = Math.min(LARGEST, Long.numberOfLeadingZeros(hash << PRECISION) + 1);
    if (run > registers[index]) {
      registers[index] = (byte) run;
    }
  }

  /** Whether the count is not an estimate. */
  public boolean exact() {
    return registers.length == 0;
  }

  public double count() {
    return exact() ? hashes.size() : estimate();
  }

  private double estimate() {
    int[] having = new int[LARGEST + 1];
    for (byte run : registers) {
      having[run]++;
    }
    double m = REGISTERS;
    double z = m * tau(1 - having[LARGEST] / m);
    for (int run = LARGEST - 1; run >= 1; run--) {
      z = 0.5 * (z + having[run]);
    }
    z += m * sigma(having[0] / m);
    return m * m / (2 * Math.log(2) * z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  }

  @Override
  public void merge(DistinctCount other) {
    if (other.exact()) {
      for (long hash : other.hashes.sortedKeys()) {
        addHash(hash);
      }
      return;
    }
    if (exact()) {
      densify();
    }
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeBytes(registers);
    if (exact()) {
      out.writeUnsigned(hashes.size());
      for (long hash : hashes.sortedKeys()) {
        out.writeFixed(hash);
      }
    }
    return out.toBytes();
  }

  public static DistinctCount read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "a distinct count");
    var distinct = new DistinctCount();
    distinct.registers = in.readBytes();
    if (distinct.registers.length == 0) {
      int size = in.readSize();
      for (int i = 0; i < size; i++) {
        distinct.addHash(in.readFixed());
      }
    } else if (distinct.registers.length != REGISTERS) {
      throw in.broken(REGISTERS + " registers");
    }
    for (byte run : distinct.registers) {
      if (run < 0 || run > LARGEST) {
        throw in.broken("registers in 0 .. " + LARGEST);
      }
    }
    in.end();
    return distinct;
  }
}
