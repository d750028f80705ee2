package io.assay.stream.imputation;

import io.assay.assertion.event.StructType;
import io.assay.imputation.Guess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an imputer says of a field that was missing.
 *
 * @param value a Long, Double, Boolean or String as the field's type has it; null where it abstains
 * @param confidence of a category its calibrated probability; of a number that it lies within half
 *     a deviation
 * @param interval of a number, where the true one lies four times of five
 * @param candidates of a category the most probable values
 * @param attention how much each field that was there was looked at, together 1
 */
public record FilledField(
    StructType.Field field,
    @Nullable Object value,
    double confidence,
    Optional<Interval> interval,
    List<Guess.Candidate> candidates,
    Map<String, Double> attention) {

  /** Both ends included; in the field's unit. */
  public record Interval(double low, double high) {}

  public FilledField {
    candidates = List.copyOf(candidates);
    attention = Map.copyOf(attention);
  }

  /** Whether it would rather not say. */
  public boolean abstains() {
    return value == null;
  }
}
