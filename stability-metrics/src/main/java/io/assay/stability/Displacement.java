package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import io.assay.stability.linalg.Svd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Semantic displacement: how far each vector is turned, by its cosine, after the best rotation of
 * the first embedding on the second (orthogonal Procrustes; of different dimensions, the lower is
 * padded with zeros). Rows that are zero on either side have no direction and are skipped.
 */
public final class Displacement {
  private final double mean;
  private final int counted;
  private final boolean unique;
  private final double[] ofRows;

  private Displacement(double mean, int counted, boolean unique, double[] ofRows) {
    this.mean = mean;
    this.counted = counted;
    this.unique = unique;
    this.ofRows = ofRows;
  }

  /** One row and its distance. */
  public record Moved(int row, double displacement) {}

  /**
   * @param xy {@code X'Y}
   */
  static Displacement of(Embedding x, Embedding y, Matrix xy, Terms terms, int threads) {
    Svd svd = scaledSvd(xy);
    Matrix rotation = rotation(svd);
    double[] ofRows = new double[x.rows()];
    List<Supplier<Boolean>> tasks = new ArrayList<>();
    int height = 2048;
    for (int from = 0; from < x.rows(); from += height) {
      int start = from;
      int end = Math.min(x.rows(), from + height);
      tasks.add(
          () -> {
            measure(x, y, rotation, start, end, ofRows);
            return true;
          });
    }
    Parallel.run(threads, tasks);
    double sum = 0;
    int counted = 0;
    for (double one : ofRows) {
      if (!Double.isNaN(one)) {
        sum += one;
        counted++;
      }
    }
    return new Displacement(sum / counted, counted, unique(svd, terms), ofRows);
  }

  static Svd scaledSvd(Matrix xy) {
    double scale = xy.maxAbs();
    return LinearAlgebra.get().svd(scale == 0 ? xy : xy.copy().scale(1 / scale));
  }

  /** Q of the polar decomposition, of d x e. */
  static Matrix rotation(Svd svd) {
    return LinearAlgebra.get().times(svd.u(), svd.v().transposed());
  }

  /** Whether X'Y turns all that both have; else other rotations are as good, and may differ. */
  private static boolean unique(Svd svd, Terms terms) {
    double[] values = svd.values();
    int needed = Math.min(terms.x().rank(), terms.y().rank());
    double cut = values[0] * values.length * Math.ulp(1.0);
    return values[0] > 0 && values[needed - 1] > cut;
  }

  static void measure(
      Embedding x, Embedding y, Matrix rotation, int from, int to, double[] ofRows) {
    Matrix block = Matrix.of(to - from, x.dimensions());
    double[] left = new double[x.dimensions()];
    double[] lengths = new double[to - from];
    for (int row = from; row < to; row++) {
      x.copyRow(row, left);
      lengths[row - from] = Directions.normalise(left);
      block.setRow(row - from, left);
    }
    Matrix turned = LinearAlgebra.get().times(block, rotation);
    double[] image = new double[y.dimensions()];
    double[] right = new double[y.dimensions()];
    for (int row = from; row < to; row++) {
      turned.copyRow(row - from, image);
      y.copyRow(row, right);
      boolean nowhere = lengths[row - from] == 0 || Directions.normalise(right) == 0;
      ofRows[row] = nowhere ? Double.NaN : distance(image, right, rotation.rows());
    }
  }

  /** Of unit vectors, 1 - cosine; as half the square of their difference where that is the same. */
  private static double distance(double[] image, double[] other, int dimensions) {
    double sum = 0;
    if (dimensions > other.length) {
      for (int j = 0; j < other.length; j++) {
        sum += image[j] * other[j];
      }
      return Math.max(0, 1 - sum);
    }
    for (int j = 0; j < other.length; j++) {
      double difference = image[j] - other[j];
      sum += difference * difference;
    }
    return sum / 2;
  }

  public double mean() {
    return mean;
  }

  /** Rows that have a direction on both sides; without one, the mean is NaN. */
  public int counted() {
    return counted;
  }

  /** Whether there is only one best rotation. */
  public boolean unique() {
    return unique;
  }

  /** The rows that moved most, the farthest first, equal ones in their order. */
  public List<Moved> most(int count) {
    List<Moved> moved = new ArrayList<>();
    for (int row = 0; row < ofRows.length; row++) {
      if (!Double.isNaN(ofRows[row])) {
        moved.add(new Moved(row, ofRows[row]));
      }
    }
    moved.sort(Comparator.comparingDouble(Moved::displacement).reversed());
    return List.copyOf(moved.subList(0, Math.min(count, moved.size())));
  }
}
