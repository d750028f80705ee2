package io.assay.assertion.eval;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Correction.How;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the values of several sightings become one. */
final class Gathering {
  private Gathering() {}

  /** A value and when it was seen, nanoseconds. */
  record Seen(long at, Object value) {}

  /**
   * @param seen in order of time
   * @param at for when it is wanted; only interpolation asks
   * @return empty where nothing was seen
   */
  static Optional<Object> gather(How how, Type type, List<Seen> seen, long at) {
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (how) {
          case INTERPOLATE -> interpolated(seen, at);
          case MAJORITY -> majority(seen);
          case MEAN -> typed(type, numbers(seen).average().orElseThrow());
          case MEDIAN -> typed(type, median(numbers(seen).sorted().toArray()));
        });
  }

  private static java.util.stream.DoubleStream numbers(List<Seen> seen) {
    return seen.stream().mapToDouble(one -> ((Number) one.value()).doubleValue());
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static Object typed(Type type, double number) {
    return type == Basic.DURATION || type == Basic.TIMESTAMP || type == Basic.INT
        ? (Object) Math.round(number)
        : (Object) number;
  }

  /** Of equals the one seen first. */
  private static Object majority(List<Seen> seen) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    seen.forEach(one -> counts.merge(one.value(), 1, Integer::sum));
    Object best = seen.getFirst().value();
    for (Map.Entry<Object, Integer> one : counts.entrySet()) {
      best = one.getValue() > counts.getOrDefault(best, 0) ? one.getKey() : best;
    }
    return best;
  }

  /** Between the sightings on both sides; beyond the first and the last as they were. */
  private static Object interpolated(List<Seen> seen, long at) {
    Seen before = seen.getFirst();
    for (Seen one : seen) {
      if (one.at() >= at) {
        return one.at() == before.at()
            ? one.value()
            : between(
                before.value(),
                one.value(),
                Math.clamp((double) (at - before.at()) / (one.at() - before.at()), 0, 1));
      }
      before = one;
    }
    return before.value();
  }

  private static Object between(Object a, Object b, double share) {
    if (a instanceof Rect from && b instanceof Rect to) {
      return new Rect(
          mix(from.x(), to.x(), share),
          mix(from.y(), to.y(), share),
          mix(from.width(), to.width(), share),
          mix(from.height(), to.height(), share));
    }
    if (a instanceof Cuboid from && b instanceof Cuboid to) {
      return new Cuboid(
          mix(from.x(), to.x(), share),
          mix(from.y(), to.y(), share),
          mix(from.z(), to.z(), share),
          mix(from.height(), to.height(), share),
          mix(from.width(), to.width(), share),
          mix(from.length(), to.length(), share),
          mix(from.yaw(), to.yaw(), share));
    }
    if (a instanceof double[] from && b instanceof double[] to && from.length == to.length) {
      double[] mixed = new double[from.length];
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] = mix(from[i], to[i], share);
      }
      return mixed;
    }
    if (a instanceof Long from && b instanceof Long to) {
      return Math.round(mix(from, to, share));
    }
    return mix(((Number) a).doubleValue(), ((Number) b).doubleValue(), share);
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
