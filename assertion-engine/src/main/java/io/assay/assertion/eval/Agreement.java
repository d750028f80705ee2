package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** When two values of an attribute count as the same, and which of several is the majority's. */
final class Agreement {
  private final OptionalDouble tolerance;
  private final Map<String, Integer> groups = new HashMap<>();

  Agreement(Kind.Consistent kind) {
    this.tolerance = kind.tolerance();
    for (List<String> alike : kind.alike()) {
      int group = groups.size();
      alike.forEach(value -> groups.putIfAbsent(value, group));
    }
  }

  boolean agree(Object a, Object b) {
    if (a.equals(b)) {
      return true;
    }
    if (a instanceof Number one && b instanceof Number other) {
      return Math.abs(one.doubleValue() - other.doubleValue()) <= tolerance.orElse(0);
    }
    return a instanceof String one
        && b instanceof String other
        && groups.containsKey(one)
        && groups.get(one).equals(groups.get(other));
  }

  /** With how many sightings the one agrees that agrees with most. */
  int majority(Values values) {
    Map<Object, Integer> counts = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      counts.merge(values.value(i), 1, Integer::sum);
    }
    int most = 0;
    for (Object candidate : counts.keySet()) {
      int agreeing = 0;
      for (Map.Entry<Object, Integer> other : counts.entrySet()) {
        agreeing += agree(candidate, other.getKey()) ? other.getValue() : 0;
      }
      most = Math.max(most, agreeing);
    }
    return most;
  }
}
