package io.assay.stream.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a training saw in the rows that it read beside what it learned: which fields are missing,
 * where that has changed and on what it depends, and how right the version in force was where a
 * value came later.
 *
 * @param segmentBy the field that parts the rows; null where none does
 * @param gaps by segment; {@code ""} are the rows without one
 * @param drifts where more or fewer are missing than at the training before, the largest changes
 *     first
 * @param dependences whose gaps go with another field: there they are not missing completely at
 *     random; the strongest first
 * @param later values that came later than their event; null where no version was in force
 */
public record ImputerObserved(
    @Nullable String segmentBy,
    List<Gaps> gaps,
    List<Drift> drifts,
    List<Dependence> dependences,
    @Nullable Later later) {
  public ImputerObserved {
    gaps = List.copyOf(gaps);
    drifts = List.copyOf(drifts);
    dependences = List.copyOf(dependences);
  }

  /**
   * The rows of a segment.
   *
   * @param missing how many of each field
   */
  public record Gaps(String segment, long rows, Map<String, Long> missing) {
    public Gaps {
      Objects.requireNonNull(segment, "segment");
      missing = Map.copyOf(missing);
    }
  }

  /**
   * A change that is more than chance.
   *
   * @param before share of the segment's rows without the field, 0 to 1
   * @param now the same
   * @param adjusted probability of as much by chance (Benjamini-Hochberg)
   */
  public record Drift(String segment, String column, double before, double now, double adjusted) {}

  /**
   * A dependence that is more than chance.
   *
   * @param strength Cramér's V, 0 to 1
   * @param adjusted probability of as much by chance (Benjamini-Hochberg)
   */
  public record Dependence(String column, String on, double strength, double adjusted) {}

  /**
   * How right a version was, in hindsight.
   *
   * @param version that was in force
   * @param columns those with a value that came later
   */
  public record Later(long version, List<LaterColumn> columns) {
    public Later {
      columns = List.copyOf(columns);
    }
  }

  /**
   * One column.
   *
   * @param cells how many values came
   * @param accuracy share of categories that were found; null of numbers
   * @param error root mean square error of numbers, in deviations; null of categories
   * @param covered share of numbers within their interval of 80 %; null of categories
   * @param confidence the mean of what was said
   * @param right share for which what the confidence is about came true
   */
  public record LaterColumn(
      String column,
      long cells,
      @Nullable Double accuracy,
      @Nullable Double error,
      @Nullable Double covered,
      double confidence,
      double right,
      double calibrationError) {}
}
