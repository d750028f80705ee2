package io.assay.web.rounds;

import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Probabilities;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the evidence of a violation says for choosing: its stratum, and the classes' probability.
 */
final class ToldValues {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ToldValues() {}

  /**
   * The candidate with what is said of it; as it is where nothing is said, or nothing that is a
   * value.
   *
   * @param evidence JSON of a violation; null where none is asked for, or there is none any more
   */
  static Candidate of(@Nullable String evidence, Candidate plain, List<Sampled.Told> told) {
    if (evidence == null) {
      return plain;
    }
    JsonNode values = JSON.readTree(evidence).path("values");
    Candidate known = plain;
    for (Sampled.Told one : told) {
      if (one.assertion().equals(plain.assertion())) {
        JsonNode stratum = value(values, one.stratum());
        if (!stratum.isMissingNode() && !stratum.isNull()) {
          known = known.in(stratum.asString());
        }
        known = probabilities(value(values, one.classes())).map(known::with).orElse(known);
      }
    }
    return known;
  }

  private static JsonNode value(JsonNode values, String expression) {
    for (JsonNode one : values) {
      if (!expression.isEmpty() && one.path("expression").asString("").equals(expression)) {
        return one.path("value");
      }
    }
    return MissingNode.getInstance();
  }

  /** Private ones come as a text between marks. What does not add up to 1 is none. */
  private static Optional<Probabilities> probabilities(JsonNode classes) {
    try {
      JsonNode list =
          classes.isString() ? JSON.readTree(Evidence.unmarked(classes.asString(""))) : classes;
      double[] each = new double[list.size()];
      for (int i = 0; i < each.length; i++) {
        each[i] = Objects.requireNonNull(list.get(i)).asDouble(Double.NaN);
      }
      return each.length == 0 ? Optional.empty() : Optional.of(Probabilities.of(each));
    } catch (JacksonException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
