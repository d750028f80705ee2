package io.assay.assertion.scenario;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.CheckedTest.Generator;
import io.assay.assertion.rule.ir.CheckedTest.Series;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a series, event by event: of its index, and of what its generators make. */
final class SeriesValues {
  private final Series series;
  private final Frame frame;
  private final TermValues values;
  private final Map<Generator, Chance> chances = new LinkedHashMap<>();
  private final long count;
  private long index;

  /**
   * @param seed what the chance of this series begins with: the test's title and the series' place
   * @param count how many events there will be
   */
  SeriesValues(Series series, String seed, long count) {
    this.series = series;
    this.count = count;
    this.frame = new Frame(series.locals());
    this.values = new TermValues(frame);
    for (Generator generator : series.generators()) {
      chances.put(generator, Chance.of(seed + "\0" + generator.place()));
    }
  }

  /** Goes to an event; a generator may use those that stand before it. */
  void event(long next) {
    index = next;
    frame.setLong(series.index(), next);
    chances.forEach((generator, chance) -> set(generator.local(), value(generator, chance)));
  }

  private Object value(Generator generator, Chance chance) {
    List<Term> terms = generator.arguments();
    return switch (generator.how()) {
      case CYCLE -> values.of(terms.get((int) (index % terms.size())));
      case CHOICE -> values.of(terms.get((int) (chance.uniform(index) * terms.size())));
      case UNIFORM -> between(generator, chance.uniform(index));
      case RAMP -> between(generator, count == 1 ? 0 : (double) index / (count - 1));
      case NORMAL ->
          within(generator, number(generator, 0) + number(generator, 1) * chance.normal(index));
    };
  }

  private double between(Generator generator, double share) {
    double first = number(generator, 0);
    return within(generator, first + (number(generator, 1) - first) * share);
  }

  private double number(Generator generator, int argument) {
    return ((Number) values.of(generator.arguments().get(argument))).doubleValue();
  }

  /** What chance makes of a ratio stays one. */
  private static double within(Generator generator, double value) {
    return generator.share() ? Math.clamp(value, 0.0, 1.0) : value;
  }

  private void set(Local local, Object value) {
    Type type = local.type();
    switch (value) {
      case Double nanos when type == Basic.DURATION -> frame.setLong(local, Math.round(nanos));
      case Boolean truth when type == Basic.BOOL -> frame.setLong(local, truth ? 1 : 0);
      case Long whole when type.isPrimitive() -> frame.setLong(local, whole);
      case Double number when type.isPrimitive() -> frame.setDouble(local, number);
      default -> frame.setReference(local, value);
    }
  }

  /** By name; a null is the same as a field left out. */
  Map<String, Object> of(List<Value> given) {
    Map<String, Object> made = new LinkedHashMap<>();
    for (Value value : given) {
      Object one = values.of(value.term());
      if (one != Term.Null.NULL) {
        made.put(value.name(), one);
      }
    }
    return made;
  }
}
