package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Exponential;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Rows that were learned of and are remembered, so that an answer takes into account what the most
 * similar ones have: each counts as an observation of weight {@code exp(-distance / width)}, and
 * what the network says as some more. Where rows come again, or nearly so, that is more than a
 * network learns by heart; where nothing is near, the network alone answers.
 *
 * <p>Distances are 0 to 1, the mean over the columns that the asked row has, weighted by where the
 * target looks: 1 of another value or of a missing one, half the difference in deviations of a
 * number.
 *
 * <p>Immutable.
 */
final class Neighbours {
  /** More rows cost more time than they tell. */
  private static final int MOST = 2048;

  /** Is away from everything by 1. */
  private static final float FAR = 1e9f;

  /** Behind so many widths a row says nothing. */
  private static final float WIDTHS = 6;

  private final Codes rows;
  private final float[][][] columns;
  private final List<Optional<Blend>> blends;

  /**
   * How neighbours are taken into account for an attribute.
   *
   * @param width at which a row counts as 1 / e
   * @param network as how many rows the network's own answer counts
   */
  record Blend(double width, double network) {}

  private Neighbours(Codes rows, float[][][] columns, List<Optional<Blend>> blends) {
    this.rows = rows;
    this.columns = columns;
    this.blends = List.copyOf(blends);
  }

  /** Some of the rows, evenly, where there are too many. */
  static Codes sample(Codes all) {
    int[] chosen = new int[Math.min(MOST, all.rows())];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) ((long) i * all.rows() / chosen.length);
    }
    return all.rows(chosen);
  }

  /**
   * @param rows to remember
   * @param blends of each attribute; none where neighbours do not help
   */
  static Neighbours of(Codes rows, List<Optional<Blend>> blends) {
    float[][][] columns = new float[rows.attributes()][][];
    for (int b = 0; b < columns.length; b++) {
      float[] numbers = rows.numbers(b);
      int each = rows.rows() == 0 ? 0 : numbers.length / rows.rows();
      columns[b] = new float[Math.max(1, each)][rows.rows()];
      for (int row = 0; row < rows.rows(); row++) {
        for (int d = 0; d < columns[b].length; d++) {
          boolean isPresent = rows.isPresent(b, row);
          float value = each == 0 ? rows.values(b)[row] : numbers[row * each + d] / 2;
          columns[b][d][row] = isPresent ? value : FAR;
        }
      }
    }
    return new Neighbours(rows, columns, blends);
  }

  /** Some of the rows, evenly, where there are too many; none where no attribute looks at them. */
  static Neighbours remembering(Codes all, List<Optional<Blend>> blends) {
    return blends.stream().allMatch(Optional::isEmpty)
        ? none(blends.size())
        : of(sample(all), blends);
  }

  /** Without any, of so many attributes. */
  static Neighbours none(int attributes) {
    var nothing = new Codes(new int[attributes][0], new float[attributes][0], 0);
    return of(nothing, Collections.nCopies(attributes, Optional.empty()));
  }

  /** Whether any attribute looks at them. */
  boolean areSome() {
    return blends.stream().anyMatch(Optional::isPresent);
  }

  Codes rows() {
    return rows;
  }

  Optional<Blend> blend(int attribute) {
    return blends.get(attribute);
  }

  /** Room for one row after another; of one thread. */
  Search search() {
    return new Search();
  }

  /** Looks for what is near a row. */
  final class Search {
    private final float[] distances = new float[rows.rows()];

    /**
     * How far all rows are.
     *
     * @param weights how much the target looks at each attribute
     */
    void measure(Codes asked, int row, int target, float[] weights) {
      Arrays.fill(distances, 0);
      float sum = 0;
      for (int b = 0; b < columns.length; b++) {
        sum += b != target && asked.isPresent(b, row) ? weights[b] : 0;
      }
      if (sum <= 0) {
        Arrays.fill(distances, 1);
        return;
      }
      for (int b = 0; b < columns.length; b++) {
        if (b != target && asked.isPresent(b, row)) {
          int each = columns[b].length;
          boolean isNumber = asked.numbers(b).length > 0;
          for (int d = 0; d < each; d++) {
            float at = isNumber ? asked.numbers(b)[row * each + d] / 2 : asked.values(b)[row];
            add(columns[b][d], at, weights[b] / (sum * each), distances);
          }
        }
      }
    }

    private static void add(float[] column, float at, float weight, float[] distances) {
      for (int i = 0; i < distances.length; i++) {
        distances[i] += weight * Math.min(1f, Math.abs(column[i] - at));
      }
    }

    /**
     * What the near ones have, of those measured last.
     *
     * @param into of a category the weight of each value, of numbers their weighted sums
     * @return their weight
     */
    double gather(int target, double width, double[] into) {
      Arrays.fill(into, 0);
      float[] numbers = rows.numbers(target);
      int each = rows.rows() == 0 ? 0 : numbers.length / rows.rows();
      float most = (float) (WIDTHS * width);
      double all = 0;
      for (int i = 0; i < distances.length; i++) {
        if (distances[i] < most && rows.isPresent(target, i)) {
          double weight = Exponential.of((float) (-distances[i] / width));
          if (each > 0) {
            for (int d = 0; d < each; d++) {
              into[d] += weight * numbers[i * each + d];
            }
            all += weight;
          } else if (rows.values(target)[i] <= into.length) {
            into[rows.values(target)[i] - 1] += weight;
            all += weight;
          }
        }
      }
      return all;
    }
  }
}
