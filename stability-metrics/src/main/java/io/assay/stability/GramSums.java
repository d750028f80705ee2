package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Inner products of all columns, of which rows can be taken back.
 *
 * <p>What is taken back leaves its rounding: of a row a million times as long as the others, more
 * than the others are worth. So the largest sum since the beginning is remembered for each part,
 * and the error grows by it over the present one, and with the root of the number of blocks.
 */
final class GramSums implements Sums {
  /** Two numbers of 53 bits, of which four are lost. */
  private static final double WORN = 16;

  private static final double BLOCKS = 64;

  private final PairShape shape;
  private final Matrix joint;
  private final double[] peaks;
  private long blocks;

  GramSums(PairShape shape) {
    this(shape, Matrix.of(shape.width(), shape.width()), new double[shape.widths().size()], 0);
  }

  private GramSums(PairShape shape, Matrix joint, double[] peaks, long blocks) {
    this.shape = shape;
    this.joint = joint;
    this.peaks = peaks;
    this.blocks = blocks;
  }

  @Override
  public void add(Matrix rows) {
    sum(rows, 1);
  }

  @Override
  public void remove(Matrix rows) {
    sum(rows, -1);
  }

  private void sum(Matrix rows, double weight) {
    LinearAlgebra.get().addGram(rows, weight, joint);
    blocks++;
    double[] masses = masses();
    for (int p = 0; p < peaks.length; p++) {
      peaks[p] = Math.max(peaks[p], masses[p]);
    }
  }

  /** The sum of the squares of each part. */
  private double[] masses() {
    List<Integer> widths = shape.widths();
    double[] masses = new double[widths.size()];
    int at = 0;
    for (int p = 0; p < masses.length; p++) {
      for (int i = at; i < at + widths.get(p); i++) {
        masses[p] += joint.get(i, i);
      }
      at += widths.get(p);
    }
    return masses;
  }

  @Override
  public Sums merged(Sums other) {
    GramSums its = (GramSums) other;
    double[] both = new double[peaks.length];
    for (int p = 0; p < both.length; p++) {
      both[p] = peaks[p] + its.peaks[p];
    }
    return new GramSums(shape, joint.copy().add(its.joint, 1), both, blocks + its.blocks);
  }

  @Override
  public Terms terms(long rows, double alpha, int threads) {
    Terms terms = GramTerms.of(grams(rows), alpha, threads);
    return terms.withError(terms.error() * wear());
  }

  private Grams grams(long rows) {
    Matrix all = joint.copy().mirrorUpper();
    List<Integer> widths = shape.widths();
    List<Grams.OfAnchor> anchors = new ArrayList<>();
    int x = shape.x();
    int at = x + shape.y();
    for (int width : shape.anchors()) {
      anchors.add(
          new Grams.OfAnchor(
              part(all, at, width, at, width),
              part(all, 0, x, at, width),
              part(all, x, shape.y(), at, width)));
      at += width;
    }
    return new Grams(
        rows,
        part(all, 0, widths.get(0), 0, widths.get(0)),
        part(all, x, shape.y(), x, shape.y()),
        part(all, 0, x, x, shape.y()),
        anchors);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    StateCodec.upper(joint, out);
    for (double peak : peaks) {
      out.writeDouble(peak);
    }
    out.writeLong(blocks);
  }

  static GramSums read(PairShape shape, DataInput in) throws IOException {
    Matrix joint = StateCodec.upper(shape.width(), in);
    double[] peaks = new double[shape.widths().size()];
    for (int p = 0; p < peaks.length; p++) {
      peaks[p] = in.readDouble();
    }
    return new GramSums(shape, joint, peaks, in.readLong());
  }

  private static Matrix part(Matrix all, int row, int rows, int column, int columns) {
    return all.slice(row, row + rows).copyColumns(column, column + columns);
  }

  @Override
  public Matrix xy() {
    return part(joint, 0, shape.x(), shape.x(), shape.y());
  }

  @Override
  public boolean worn() {
    return !(wear() < WORN);
  }

  private double wear() {
    double[] masses = masses();
    double most = 1;
    for (int p = 0; p < masses.length; p++) {
      most = Math.max(most, peaks[p] / Math.max(0, masses[p]));
    }
    return most * Math.sqrt(1 + blocks / BLOCKS / BLOCKS);
  }

  @Override
  public int height() {
    return 256;
  }
}
