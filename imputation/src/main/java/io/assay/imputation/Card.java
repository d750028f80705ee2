package io.assay.imputation;

import java.util.List;

/**
 * What someone should know of an imputer before they use it.
 *
 * @param rows it learned of
 * @param seed that gives the same one again
 * @param columns how well it did on held-back cells, in the schema's order
 */
public record Card(int rows, long seed, List<Score> columns) {
  public Card {
    columns = List.copyOf(columns);
  }

  /**
   * Of one column or group.
   *
   * @param cells that were held back, over all rounds
   * @param score accuracy of a category, root mean square error of numbers in deviations; NaN
   *     without cells
   * @param baseline the same of the commonest value, or of the mean
   */
  public record Score(Column column, int cells, double score, double baseline) {}
}
