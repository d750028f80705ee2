package io.assay.bench.street;

import io.assay.bench.street.Labelling.Point;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What labels found, round by round, in the mean over groups of streets.
 *
 * @param left in percent
 */
record Curve(List<Mean> errors, List<Mean> kinds, List<Mean> left) {
  Curve {
    errors = List.copyOf(errors);
    kinds = List.copyOf(kinds);
    left = List.copyOf(left);
  }

  /**
   * A mean.
   *
   * @param error its standard error; 0 of one group
   */
  record Mean(double value, double error) {
    static Mean of(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
      int n = values.length;
      return new Mean(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
    }
  }

  /**
   * Of each group its runs, which are of the same streets: only their mean counts as a value.
   *
   * @param groups at least one, of at least one run each
   */
  static Curve of(List<List<List<Point>>> groups) {
    return new Curve(
        each(groups, Point::errors),
        each(groups, Point::kinds),
        each(groups, point -> 100 * point.left()));
  }

  private static List<Mean> each(List<List<List<Point>>> groups, ToDoubleFunction<Point> what) {
    return IntStream.range(0, Labelling.ROUNDS)
        .mapToObj(
            round ->
                Mean.of(
                    groups.stream()
                        .mapToDouble(
                            runs ->
                                runs.stream()
                                    .mapToDouble(run -> what.applyAsDouble(run.get(round)))
                                    .average()
                                    .orElseThrow())
                        .toArray()))
        .toList();
  }
}
