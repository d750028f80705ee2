package io.assay.web.stability;

import io.assay.assertion.Mode;
import io.assay.assertion.eval.term.TermText;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Context.Measure;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One {@code expect} line of an assertion that compares releases.
 *
 * @param name as verdicts have it: as it is written, else its number
 * @param text its condition
 * @param limits by measure, as records of comparisons call them: the numbers that the condition
 *     holds the measure against
 */
record Expected(String assertion, String name, String text, Map<String, List<Double>> limits) {

  /** All lines that judge releases of some embeddings, in the order of the rules. */
  static List<Expected> of(CheckedRules rules, String embeddings) {
    List<Expected> all = new ArrayList<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      Optional<Context.Releases> releases = assertion.context().releases();
      if (assertion.mode() != Mode.DRAFT
          && releases.filter(one -> one.embeddings().name().equals(embeddings)).isPresent()
          && assertion.kind() instanceof Kind.Expect expect) {
        int number = 0;
        for (Kind.Expectation line : expect.expectations()) {
          number++;
          all.add(
              new Expected(
                  assertion.name(),
                  line.name().orElse(Integer.toString(number)),
                  TermText.of(line.condition()),
                  limits(line.condition(), measures(releases.get()))));
        }
      }
    }
    return all;
  }

  private static Map<Integer, String> measures(Context.Releases releases) {
    Map<Integer, String> names = new TreeMap<>();
    releases
        .measures()
        .forEach(one -> name(one.measure()).ifPresent(n -> names.put(one.local().index(), n)));
    return names;
  }

  /** Nothing of what is not drawn. */
  private static Optional<String> name(Measure measure) {
    return switch (measure) {
      case Measure.Eis ignored -> Optional.of("eis");
      case Measure.Neighbours(long count) -> Optional.of("neighbours" + count);
      case Measure.Displacement ignored -> Optional.of("displacement");
      case Measure.Pip ignored -> Optional.of("pip");
      case Measure.Overlap ignored -> Optional.of("overlap");
      case Measure.Coverage ignored -> Optional.empty();
      case Measure.Moved ignored -> Optional.empty();
    };
  }

  private static Map<String, List<Double>> limits(Term condition, Map<Integer, String> measures) {
    Map<String, List<Double>> limits = new TreeMap<>();
    gather(condition, measures, limits);
    return limits;
  }

  private static void gather(
      Term condition, Map<Integer, String> measures, Map<String, List<Double>> limits) {
    if (condition instanceof Term.Junction both) {
      gather(both.left(), measures, limits);
      gather(both.right(), measures, limits);
    } else if (condition instanceof Term.WhenPresent when) {
      gather(when.condition(), measures, limits);
    } else if (condition instanceof Term.InRange range) {
      limit(range.value(), range.low(), measures, limits);
      limit(range.value(), range.high(), measures, limits);
    } else if (condition instanceof Term.Call call && call.arguments().size() == 2) {
      limit(call.arguments().get(0), call.arguments().get(1), measures, limits);
      limit(call.arguments().get(1), call.arguments().get(0), measures, limits);
    }
  }

  private static void limit(
      Term read, Term number, Map<Integer, String> measures, Map<String, List<Double>> limits) {
    if (read instanceof Term.Read of
        && number instanceof Term.Constant constant
        && constant.value() instanceof Number value) {
      String measure = measures.get(of.local().index());
      if (measure != null) {
        limits.computeIfAbsent(measure, name -> new ArrayList<>()).add(value.doubleValue());
      }
    }
  }

  /** Whether people gave it a name. */
  public boolean isNamed() {
    return !name.chars().allMatch(Character::isDigit);
  }
}
