package io.assay.imputation.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients are what differences of the loss are. */
class GradientTest {
  private static final int ROWS = 12;
  private static final double STEP = 2e-4;

  private final Random random = new Random(4);

  @ParameterizedTest(name = "hidden {0}")
  @ValueSource(ints = {0, 6})
  void alongAnyDirectionTheLossChangesAsTheGradientSays(int hidden) {
    List<Attribute> attributes =
        List.of(
            new Attribute.Category(4),
            new Attribute.Numbers(1),
            new Attribute.Category(3),
            new Attribute.Numbers(2));
    var layout = new Layout(attributes, 8, hidden);
    Codes codes = codes();
    float[] parameters = new float[layout.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.5 * random.nextGaussian());
    }
    float[] gradients = new float[layout.size()];
    loss(layout, parameters, codes, gradients);
    double apart = 0;
    double all = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] direction =
          IntStream.range(0, parameters.length).mapToDouble(i -> random.nextGaussian()).toArray();
      double said = 0;
      for (int i = 0; i < direction.length; i++) {
        said += direction[i] * gradients[i];
      }
      float[] before = moved(parameters, direction, -STEP);
      float[] after = moved(parameters, direction, STEP);
      double seen =
          (loss(layout, after, codes, new float[layout.size()])
                  - loss(layout, before, codes, new float[layout.size()]))
              / (2 * STEP);
      apart += Math.abs(said - seen);
      all += Math.abs(said);
    }
    // A bend of relu between the two shows as a difference that no gradient has.
    assertThat(apart / all).isLessThan(0.01);
  }

  private static float[] moved(float[] parameters, double[] direction, double step) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    return moved;
  }

  private static double loss(Layout layout, float[] parameters, Codes codes, float[] gradients) {
    var targets = new Targets(layout.attributes(), ROWS);
    for (int a = 0; a < layout.attributes(); a++) {
      for (int row = 0; row < ROWS; row++) {
        if (codes.isPresent(a, row)) {
          targets.add(a, row);
        }
      }
    }
    int[] rows = IntStream.range(0, ROWS).toArray();
    return new Network(layout, ROWS).learn(parameters, codes, rows, 0, ROWS, targets, gradients);
  }

  private Codes codes() {
    int[][] values = new int[4][0];
    float[][] numbers = new float[4][0];
    values[0] = random.ints(ROWS, 0, 5).toArray();
    values[2] = random.ints(ROWS, 0, 4).toArray();
    numbers[1] = new float[ROWS];
    numbers[3] = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      numbers[1][row] = row % 5 == 0 ? Float.NaN : (float) random.nextGaussian();
      boolean missing = row % 4 == 1;
      numbers[3][2 * row] = missing ? Float.NaN : (float) random.nextGaussian();
      numbers[3][2 * row + 1] = missing ? Float.NaN : (float) random.nextGaussian();
    }
    return new Codes(values, numbers, ROWS);
  }
}
