package io.assay.stability.linalg;

import java.util.Arrays;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * The same without a native library: decompositions by ojAlgo, products and the triangular factor
 * by loops over arrays of rows, which the JVM turns into vector instructions.
 */
final class JavaAlgebra implements LinearAlgebra {
  @Override
  public String name() {
    return "Java (ojAlgo)";
  }

  @Override
  public void addGram(Matrix rows, double weight, Matrix sum) {
    double[][] to = arrays(sum);
    double[] row = new double[rows.columns()];
    for (int r = 0; r < rows.rows(); r++) {
      rows.copyRow(r, row);
      for (int i = 0; i < row.length; i++) {
        addMultiple(weight * row[i], row, i, to[i]);
      }
    }
    put(to, sum);
  }

  @Override
  public void addProduct(Matrix left, Matrix right, double weight, Matrix sum) {
    double[][] to = arrays(sum);
    double[] a = new double[left.columns()];
    double[] b = new double[right.columns()];
    for (int r = 0; r < left.rows(); r++) {
      left.copyRow(r, a);
      right.copyRow(r, b);
      for (int i = 0; i < a.length; i++) {
        addMultiple(weight * a[i], b, 0, to[i]);
      }
    }
    put(to, sum);
  }

  @Override
  public Matrix times(Matrix a, Matrix b) {
    double[][] right = arrays(b);
    Matrix product = Matrix.of(a.rows(), b.columns());
    double[] row = new double[a.columns()];
    for (int i = 0; i < a.rows(); i++) {
      a.copyRow(i, row);
      double[] to = new double[b.columns()];
      for (int j = 0; j < row.length; j++) {
        addMultiple(row[j], right[j], 0, to);
      }
      product.setRow(i, to);
    }
    return product;
  }

  @Override
  public void timesTransposed(Matrix a, Matrix b, Matrix into) {
    Matrix product = times(a, b.transposed());
    into.scale(0).add(product, 1);
  }

  private static void addMultiple(double factor, double[] row, int from, double[] to) {
    for (int j = from; j < row.length; j++) {
      to[j] += factor * row[j];
    }
  }

  @Override
  public Eigen eigen(Matrix symmetric) {
    int n = symmetric.rows();
    Eigenvalue<Double> found = Eigenvalue.R064.make(n, true);
    if (!found.decompose(store(symmetric.copy().mirrorUpper()))) {
      throw new IllegalStateException("the eigenvalues of a %d x %d matrix".formatted(n, n));
    }
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = found.getD().doubleValue(i, i);
    }
    Arrays.sort(order, (i, j) -> Double.compare(values[j], values[i]));
    double[] sorted = new double[n];
    Matrix vectors = Matrix.of(n, n);
    for (int j = 0; j < n; j++) {
      sorted[j] = values[order[j]];
      for (int i = 0; i < n; i++) {
        vectors.set(i, j, found.getV().doubleValue(i, order[j]));
      }
    }
    return new Eigen(sorted, vectors);
  }

  @Override
  public Svd svd(Matrix a) {
    SingularValue<Double> found = SingularValue.R064.make(a.rows(), a.columns());
    if (!found.decompose(store(a))) {
      throw new IllegalStateException(
          "the singular values of a %d x %d matrix".formatted(a.rows(), a.columns()));
    }
    int k = Math.min(a.rows(), a.columns());
    double[] values = new double[k];
    for (int i = 0; i < k; i++) {
      values[i] = found.getD().doubleValue(i, i);
    }
    return new Svd(matrix(found.getU(), k), values, matrix(found.getV(), k));
  }

  @Override
  public Matrix triangle(Matrix a) {
    double[][] columns = arrays(a.transposed());
    int k = Math.min(a.rows(), a.columns());
    for (int j = 0; j < k; j++) {
      Householder.eliminate(columns, j);
    }
    Matrix r = Matrix.of(k, a.columns());
    for (int i = 0; i < k; i++) {
      for (int j = i; j < a.columns(); j++) {
        r.set(i, j, columns[j][i]);
      }
    }
    return r;
  }

  private static R064Store store(Matrix a) {
    R064Store store = R064Store.FACTORY.make(a.rows(), a.columns());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        store.set(i, j, a.get(i, j));
      }
    }
    return store;
  }

  private static Matrix matrix(MatrixStore<Double> store, int columns) {
    Matrix matrix = Matrix.of((int) store.countRows(), columns);
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < columns; j++) {
        matrix.set(i, j, store.doubleValue(i, j));
      }
    }
    return matrix;
  }

  private static double[][] arrays(Matrix a) {
    double[][] rows = new double[a.rows()][a.columns()];
    for (int i = 0; i < rows.length; i++) {
      a.copyRow(i, rows[i]);
    }
    return rows;
  }

  private static void put(double[][] rows, Matrix into) {
    for (int i = 0; i < rows.length; i++) {
      into.setRow(i, rows[i]);
    }
  }
}
