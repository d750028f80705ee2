package io.assay.stability;

import io.assay.stability.linalg.Matrix;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A comparison of two versions that runs: rows come, go and change, shards add up, in O(d²) memory
 * and a sample of rows. One thread at a time.
 *
 * <p>The fast state keeps inner products and takes rows back; the precise one the triangular
 * factor, for conditions up to 1e8, and is rebuilt when a row goes. Rows wait in blocks for the
 * native kernels, which is several times cheaper than one by one.
 */
public final class PairState {
  private final PairShape shape;
  private final Sums sums;
  private final Turns turns;
  private final RowSample sample;
  private final Matrix coming;
  private final Matrix going;
  private final double[] joined;
  private int came;
  private int went;
  private long rows;

  private PairState(PairShape shape, Sums sums, Turns turns, RowSample sample, long rows) {
    this.shape = shape;
    this.sums = sums;
    this.turns = turns;
    this.sample = sample;
    this.rows = rows;
    this.coming = Matrix.of(sums.height(), shape.width());
    this.going = Matrix.of(sums instanceof FactorSums ? 1 : sums.height(), shape.width());
    this.joined = new double[shape.width()];
  }

  public static PairState fast(PairShape shape) {
    return of(shape, new GramSums(shape));
  }

  public static PairState precise(PairShape shape) {
    return of(shape, new FactorSums(shape));
  }

  private static PairState of(PairShape shape, Sums sums) {
    return new PairState(shape, sums, new Turns(shape), new RowSample(shape.sample()), 0);
  }

  public void add(PairRow row) {
    row.join(shape, joined);
    coming.setRow(came++, joined);
    sample.add(row);
    rows++;
    if (came == coming.rows()) {
      addComing();
    }
  }

  /** Takes back a row that was added, with the same numbers. */
  public void remove(PairRow row) {
    row.join(shape, joined);
    going.setRow(went++, joined);
    sample.remove(row);
    rows--;
    if (went == going.rows()) {
      removeGoing();
    }
  }

  public void replace(PairRow old, PairRow row) {
    remove(old);
    add(row);
  }

  private void addComing() {
    Matrix block = coming.slice(0, came);
    came = 0;
    sums.add(block);
    if (shape.displacement()) {
      turns.add(block, 1);
    }
  }

  /** What came goes in first, so that a sum is never less than nothing. */
  private void removeGoing() {
    if (came > 0) {
      addComing();
    }
    Matrix block = going.slice(0, went);
    went = 0;
    sums.remove(block);
    if (shape.displacement()) {
      turns.add(block, -1);
    }
  }

  private void settle() {
    if (came > 0) {
      addComing();
    }
    if (went > 0) {
      removeGoing();
    }
  }

  /**
   * Both together, of the same kind and shape and without an item in common; they stay as they are.
   */
  public PairState merged(PairState other) {
    if (!shape.equals(other.shape) || sums.getClass() != other.sums.getClass()) {
      throw new IllegalArgumentException("states of one kind and shape are needed to be merged");
    }
    settle();
    other.settle();
    return new PairState(
        shape,
        sums.merged(other.sums),
        turns.merged(other.turns),
        sample.merged(other.sample),
        rows + other.rows);
  }

  /** All of it, to go on from elsewhere: about 4 (x + y)² bytes and the sample. */
  public byte[] bytes() {
    settle();
    return StateCodec.bytes(this::write);
  }

  private void write(DataOutput out) throws IOException {
    out.writeByte(StateCodec.VERSION);
    out.writeBoolean(sums instanceof FactorSums);
    StateCodec.shape(shape, out);
    out.writeLong(rows);
    sums.write(out);
    if (shape.displacement()) {
      turns.write(out);
    }
    sample.write(out);
  }

  /**
   * What {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException of bytes that are no state, or of a later version
   */
  public static PairState read(byte[] bytes) {
    return StateCodec.read(bytes, PairState::read);
  }

  private static PairState read(DataInput in) throws IOException {
    StateCodec.version(in);
    boolean precise = in.readBoolean();
    PairShape shape = StateCodec.shape(in);
    long rows = in.readLong();
    Sums sums = precise ? FactorSums.read(shape, in) : GramSums.read(shape, in);
    Turns turns = shape.displacement() ? Turns.read(in) : new Turns(shape);
    return new PairState(shape, sums, turns, RowSample.read(shape, in), rows);
  }

  /** What is compared and kept. */
  public PairShape shape() {
    return shape;
  }

  public long rows() {
    return rows;
  }

  /** Whether what was taken back has worn the state: then it wants to be {@link #rebuilt}. */
  public boolean needsRebuild() {
    settle();
    return rows > 0 && (sums.worn() || sample.thin());
  }

  /**
   * The same, anew out of its rows.
   *
   * @param source adds all present rows to the state it is given
   */
  public PairState rebuilt(Consumer<PairState> source) {
    PairState fresh = sums instanceof FactorSums ? precise(shape) : fast(shape);
    source.accept(fresh);
    return fresh;
  }

  /** What the state says; with whatever condition it has. */
  public PairMeasures measure(Settings how) {
    if (rows == 0) {
      throw new IllegalStateException("a comparison needs a row, got none");
    }
    settle();
    Terms terms = sums.terms(rows, how.alpha(), how.threads());
    return new PairMeasures(
        rows,
        terms,
        shape.displacement() ? turns.displacement(sums.xy()) : OptionalDouble.empty(),
        turns.counted(),
        neighbours(how),
        sample.rows().size(),
        terms.precise(how.tolerance()));
  }

  /** What the state says or, where its condition is too bad, a precise one built of the rows. */
  public PairMeasures measure(Settings how, Consumer<PairState> source) {
    if (!needsRebuild()) {
      PairMeasures measures = measure(how);
      if (measures.precise() || sums instanceof FactorSums) {
        return measures;
      }
    }
    PairState precise = precise(shape);
    source.accept(precise);
    return precise.measure(how);
  }

  /** The rotation that displacement goes by. */
  public Rotation rotation() {
    settle();
    return Rotation.of(sums.xy());
  }

  /** The share of nearest neighbours in common, over the sample; absent where it has too few. */
  public OptionalDouble neighbours(Settings how) {
    List<PairRow> sampled = sample.rows();
    if (sampled.size() <= how.neighbours()) {
      return OptionalDouble.empty();
    }
    List<double[]> x = new ArrayList<>();
    List<double[]> y = new ArrayList<>();
    for (PairRow row : sampled) {
      x.add(row.x());
      y.add(row.y());
    }
    return OptionalDouble.of(
        Neighbours.shared(
            Embedding.of(x.toArray(double[][]::new)),
            Embedding.of(y.toArray(double[][]::new)),
            how.neighbours(),
            IntStream.range(0, sampled.size()).toArray(),
            how.threads()));
  }
}
