package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import io.assay.imputation.net.Training;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The trainings of one fitting, one after the other, which end early where they are told to. */
final class Teaching {
  private static final double RATE = 0.005;

  private final Codebook codebook;
  private final int trainings;
  private final Predicate<Pass> goesOn;
  private int training;

  /**
   * @param trainings how many there will be
   */
  Teaching(Codebook codebook, int trainings, Predicate<Pass> goesOn) {
    this.codebook = codebook;
    this.trainings = trainings;
    this.goesOn = goesOn;
  }

  /**
   * @param begun parameters to begin with; they are not changed
   * @param pace by what the usual rate is multiplied
   * @return what they are in the end
   */
  float[] train(Layout layout, Codes shown, float[] begun, int passes, double pace, long drawn) {
    training++;
    int[] rows = IntStream.range(0, shown.rows()).toArray();
    int batch = Math.max(3, Math.min(256, shown.rows() / 200));
    double rate = pace * RATE * Math.sqrt(Math.min(4, batch / 3.0));
    var how = new Training.How(passes, batch, rate, drawn);
    var learning =
        new Training(
            layout, how, shown, rows, (a, row) -> codebook.isKnown(a, shown.values(a), row), begun);
    Pass pass;
    int over = 0;
    do {
      double loss = learning.epoch();
      pass = new Pass(training, trainings, ++over, passes, rows.length, loss);
    } while (goesOn.test(pass) && !learning.isOver());
    return learning.parameters();
  }
}
