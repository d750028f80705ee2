package io.assay.stability.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to compute, held to definitions written as plain loops. */
class LinearAlgebraTest {
  static Stream<LinearAlgebra> both() {
    return Stream.of(ChosenAlgebra.choose("native"), ChosenAlgebra.choose("java"));
  }

  @Test
  void nativeIsUsedWhereItsLibraryIs() {
    boolean linux =
        System.getProperty("os.name").equals("Linux")
            && Stream.of("amd64", "aarch64").anyMatch(System.getProperty("os.arch")::equals);
    assertThat(ChosenAlgebra.choose("native").name())
        .isEqualTo(linux ? "OpenBLAS" : "Java (ojAlgo)");
    assertThat(ChosenAlgebra.choose("java").name()).isEqualTo("Java (ojAlgo)");
    assertThatThrownBy(() -> ChosenAlgebra.choose("fast"))
        .hasMessage("assay.linalg needs 'native' or 'java', got 'fast'");
  }

  @ParameterizedTest
  @MethodSource("both")
  void productsAreSumsOfProducts(LinearAlgebra algebra) {
    Matrix a = random(37, 5, 1);
    Matrix b = random(37, 7, 2);
    Matrix sum = random(5, 7, 3);
    Matrix expected = sum.copy();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 7; j++) {
        for (int r = 0; r < 37; r++) {
          expected.set(i, j, expected.get(i, j) - 0.5 * a.get(r, i) * b.get(r, j));
        }
      }
    }
    algebra.addProduct(a, b, -0.5, sum);
    same(sum, expected, 1e-13);
    same(algebra.times(a.transposed(), b).scale(-0.5).add(random(5, 7, 3), 1), expected, 1e-13);
    Matrix turned = Matrix.of(5, 7);
    algebra.timesTransposed(a.transposed(), b.transposed(), turned);
    same(turned.scale(-0.5).add(random(5, 7, 3), 1), expected, 1e-13);
  }

  @ParameterizedTest
  @MethodSource("both")
  void aGramIsTheProductWithItself(LinearAlgebra algebra) {
    Matrix a = random(70, 6, 4);
    Matrix product = Matrix.of(6, 6);
    algebra.addProduct(a, a, 2, product);
    Matrix gram = Matrix.of(6, 6);
    algebra.addGram(a, 2, gram);
    same(gram.mirrorUpper(), product, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("both")
  void aBlockOfRowsIsTakenWhereItIs(LinearAlgebra algebra) {
    Matrix a = random(20, 4, 5);
    Matrix whole = Matrix.of(4, 4);
    algebra.addGram(a, 1, whole);
    Matrix parts = Matrix.of(4, 4);
    algebra.addGram(a.slice(0, 7), 1, parts);
    algebra.addGram(a.slice(7, 20), 1, parts);
    same(parts, whole, 1e-13);
  }

  @ParameterizedTest
  @MethodSource("both")
  void eigenvectorsReproduceTheMatrix(LinearAlgebra algebra) {
    Matrix gram = Matrix.of(8, 8);
    algebra.addGram(random(30, 8, 6), 1, gram);
    Eigen eigen = algebra.eigen(gram);
    assertThat(eigen.values()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    Matrix scaled = eigen.vectors().copy().scaleColumns(eigen.values());
    same(algebra.times(scaled, eigen.vectors().transposed()), gram.mirrorUpper(), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("both")
  void singularVectorsReproduceTheMatrix(LinearAlgebra algebra) {
    for (Matrix a : new Matrix[] {random(9, 4, 7), random(4, 9, 8), random(1, 1, 9)}) {
      Svd svd = algebra.svd(a);
      assertThat(svd.values()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
      Matrix scaled = svd.u().copy().scaleColumns(svd.values());
      same(algebra.times(scaled, svd.v().transposed()), a, 1e-13);
      Matrix identity = Matrix.of(svd.values().length, svd.values().length);
      algebra.addProduct(svd.u(), svd.u(), 1, identity);
      for (int i = 0; i < identity.rows(); i++) {
        identity.set(i, i, identity.get(i, i) - 1);
      }
      assertThat(identity.maxAbs()).isLessThan(1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void theTriangleHasTheGramOfItsRows(LinearAlgebra algebra) {
    for (Matrix a : new Matrix[] {random(40, 6, 10), random(3, 6, 11), Matrix.of(5, 6)}) {
      Matrix gram = Matrix.of(6, 6);
      algebra.addProduct(a, a, 1, gram);
      Matrix r = algebra.triangle(a);
      assertThat(r.rows()).isEqualTo(Math.min(a.rows(), 6));
      Matrix ofTriangle = Matrix.of(6, 6);
      algebra.addProduct(r, r, 1, ofTriangle);
      same(ofTriangle, gram, 1e-13);
      for (int i = 0; i < r.rows(); i++) {
        for (int j = 0; j < i; j++) {
          assertThat(r.get(i, j)).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void hugeAndTinyNumbersHaveATriangle(LinearAlgebra algebra) {
    for (double scale : new double[] {1e-120, 1e120}) {
      Matrix a = random(12, 3, 12);
      Matrix expected = algebra.triangle(a).scale(scale);
      Matrix got = algebra.triangle(a.copy().scale(scale));
      assertThat(got.add(expected, -1).maxAbs()).isLessThan(1e-13 * scale);
    }
  }

  @Test
  void aMatrixThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> Matrix.of(1 << 20, 1 << 10))
        .hasMessage("a matrix needs 0 to 268435455 numbers, got 1048576 x 1024");
  }

  private static void same(Matrix got, Matrix expected, double tolerance) {
    double scale = Math.max(1, expected.maxAbs());
    assertThat(got.copy().add(expected, -1).maxAbs()).isCloseTo(0, within(tolerance * scale));
  }

  private static Matrix random(int rows, int columns, long seed) {
    var random = new Random(seed);
    Matrix matrix = Matrix.of(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.set(i, j, random.nextGaussian());
      }
    }
    return matrix;
  }
}
