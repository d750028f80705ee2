package io.assay.imputation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers is the network that has learned, though it works most of it out before. */
class AnsweringTest {
  private static final int ROWS = 30;
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute.Category(4),
          new Attribute.Numbers(1),
          new Attribute.Category(7),
          new Attribute.Numbers(2),
          new Attribute.Numbers(1));

  @ParameterizedTest
  @CsvSource({"0, 1, 16", "6, 2, 16", "3, 3, 13"})
  void theLossOfItsAnswersIsTheNetworks(int hidden, long seed, int width) {
    var random = new Random(seed);
    var layout = new Layout(ATTRIBUTES, width, hidden);
    Codes codes = codes(random);
    float[] parameters = new float[layout.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.7 * random.nextGaussian());
    }
    // A unit that never turns, and one that does beyond all numbers.
    parameters[layout.slope(1)] = 0;
    parameters[layout.slope(4) + 1] = 1e-30f;
    Answering.Row asked = new Answering(layout, parameters).row();
    for (int target = 0; target < ATTRIBUTES.size(); target++) {
      var targets = new Targets(layout.attributes(), ROWS);
      int cells = 0;
      double loss = 0;
      for (int row = 0; row < ROWS; row++) {
        if (codes.isPresent(target, row)) {
          targets.add(target, row);
          cells++;
          asked.read(codes, row);
          loss += loss(asked, layout, codes, target, row);
        }
      }
      double learned =
          new Network(layout, ROWS)
              .learn(
                  parameters,
                  codes,
                  IntStream.range(0, ROWS).toArray(),
                  0,
                  ROWS,
                  targets,
                  new float[layout.size()]);
      assertThat(loss / cells)
          .as("of attribute %d", target)
          .isCloseTo(learned, within(2e-5 * Math.max(1, learned)));
    }
  }

  private static double loss(Answering.Row asked, Layout layout, Codes codes, int target, int row) {
    if (layout.isNumber(target)) {
      int dimensions = layout.dimensions(target);
      float[] answer = new float[dimensions];
      asked.answer(target, answer);
      double loss = 0;
      for (int d = 0; d < dimensions; d++) {
        double error = answer[d] - codes.numbers(target)[row * dimensions + d];
        loss += error * error / dimensions;
      }
      return loss;
    }
    float[] scores = new float[layout.domain(target)];
    asked.answer(target, scores);
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score);
    }
    return Math.log(sum) - scores[codes.values(target)[row] - 1];
  }

  private static Codes codes(Random random) {
    int[][] values = new int[5][0];
    float[][] numbers = new float[5][0];
    values[0] = random.ints(ROWS, 0, 5).toArray();
    values[2] = random.ints(ROWS, 0, 8).toArray();
    for (int a : new int[] {1, 3, 4}) {
      int each = a == 3 ? 2 : 1;
      numbers[a] = new float[each * ROWS];
      for (int row = 0; row < ROWS; row++) {
        boolean isMissing = random.nextInt(4) == 0;
        for (int d = 0; d < each; d++) {
          numbers[a][row * each + d] = isMissing ? Float.NaN : (float) (2 * random.nextGaussian());
        }
      }
    }
    return new Codes(values, numbers, ROWS);
  }
}
