package io.assay.assertion.eval.term;

import io.assay.assertion.event.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lists made one value. An empty list has only a sum, and NaN has no place in an order: a list with
 * one has neither least nor greatest, neither mean nor median.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // without stack traces, part of evaluation
final class Aggregates {
  private static final NoValue EMPTY = NoValue.failed("the list is empty");
  private static final NoValue NAN = NoValue.failed("the list has NaN in it");

  private Aggregates() {}

  static void register(Functions.Registry to) {
    value(to, "min_list", list -> list.get(extreme(list, -1)));
    value(to, "max_list", list -> list.get(extreme(list, 1)));
    value(to, "sum_list", Aggregates::sum);
    value(to, "majority_list", Aggregates::majority);
    whole(to, "argmax_list", list -> extreme(list, 1));
    number(to, "mean_list", list -> mean(numbers(list)));
    number(to, "median_list", list -> median(numbers(list)));
    number(to, "sum_lengths", list -> Arrays.stream(doubles(list)).sum());
    number(to, "mean_lengths", list -> mean(numbers(list)));
    number(to, "median_lengths", list -> median(numbers(list)));
    whole(to, "sum_durations", Aggregates::total);
    whole(to, "mean_durations", list -> Math.round(mean(numbers(list))));
    whole(to, "median_durations", list -> median(wholes(list)));
    to.put(
        "top_list",
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          LongTerm many = compiler.whole(terms.get(1));
          return (ReferenceTerm) frame -> top(list(list.value(frame)), many.value(frame));
        });
  }

  private static void value(
      Functions.Registry to, String name, Function<List<?>, @Nullable Object> of) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          return (ReferenceTerm) frame -> Objects.requireNonNull(of.apply(list(list.value(frame))));
        });
  }

  private static void number(Functions.Registry to, String name, ToDoubleFunction<List<?>> of) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          return (DoubleTerm) frame -> of.applyAsDouble(list(list.value(frame)));
        });
  }

  private static void whole(Functions.Registry to, String name, ToLongFunction<List<?>> of) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          return (LongTerm) frame -> of.applyAsLong(list(list.value(frame)));
        });
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw Boxing.unexpected("a list", value);
  }

  private static double[] doubles(List<?> list) {
    return list.stream()
        .mapToDouble(value -> Boxing.number(Objects.requireNonNull(value)))
        .toArray();
  }

  /** One number or more, none of them NaN. */
  private static double[] numbers(List<?> list) {
    if (list.isEmpty()) {
      throw EMPTY;
    }
    double[] numbers = doubles(list);
    for (double number : numbers) {
      if (Double.isNaN(number)) {
        throw NAN;
      }
    }
    return numbers;
  }

  private static long[] wholes(List<?> list) {
    if (list.isEmpty()) {
      throw EMPTY;
    }
    return list.stream().mapToLong(v -> Boxing.whole(Objects.requireNonNull(v))).toArray();
  }

  /** The place of the first that no other goes beyond. */
  private static int extreme(List<?> list, int direction) {
    if (list.isEmpty()) {
      throw EMPTY;
    }
    int best = 0;
    for (int i = 0; i < list.size(); i++) {
      Object candidate = ordered(list.get(i));
      if (direction * Equality.order(candidate, Objects.requireNonNull(list.get(best))) > 0) {
        best = i;
      }
    }
    return best;
  }

  private static Object ordered(@Nullable Object value) {
    Object present = Objects.requireNonNull(value);
    if (present instanceof Double number && Double.isNaN(number)) {
      throw NAN;
    }
    return present;
  }

  private static Object sum(List<?> list) {
    boolean whole = !list.isEmpty() && list.stream().allMatch(Long.class::isInstance);
    return whole ? (Object) total(list) : (Object) Arrays.stream(doubles(list)).sum();
  }

  private static long total(List<?> list) {
    long total = 0;
    for (Object value : list) {
      try {
        total = Math.addExact(total, Boxing.whole(Objects.requireNonNull(value)));
      } catch (ArithmeticException e) {
        throw NoValue.failed("integer overflow");
      }
    }
    return total;
  }

  private static double mean(double[] numbers) {
    double mean = 0;
    for (int i = 0; i < numbers.length; i++) {
      // A running mean: the sum of large numbers could overflow where their mean does not.
      mean += (numbers[i] - mean) / (i + 1);
    }
    return mean;
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    int middle = numbers.length / 2;
    return numbers.length % 2 == 1
        ? numbers[middle]
        : numbers[middle - 1] / 2 + numbers[middle] / 2;
  }

  private static long median(long[] numbers) {
    Arrays.sort(numbers);
    int middle = numbers.length / 2;
    return numbers.length % 2 == 1
        ? numbers[middle]
        : numbers[middle - 1] + (numbers[middle] - numbers[middle - 1]) / 2;
  }

  private static Object majority(List<?> list) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    for (Object value : list) {
      counts.merge(comparable(ordered(value)), 1, Integer::sum);
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (Object value : list) {
      if (counts.getOrDefault(comparable(Objects.requireNonNull(value)), 0) == most) {
        return Objects.requireNonNull(value);
      }
    }
    throw EMPTY;
  }

  /** What is equal for CEL is equal for a map: a number by its value, a vector by its numbers. */
  private static Object comparable(Object value) {
    return switch (value) {
      case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 ->
          number.longValue();
      case Unsigned unsigned when unsigned.bits() >= 0 -> unsigned.bits();
      case double[] vector -> Arrays.stream(vector).boxed().toList();
      case List<?> list ->
          list.stream().map(element -> comparable(Objects.requireNonNull(element))).toList();
      case Row ignored -> throw NoValue.failed("records have no most frequent value");
      default -> value;
    };
  }

  private static List<Object> top(List<?> list, long many) {
    List<Object> sorted = new ArrayList<>(list);
    sorted.forEach(Aggregates::ordered);
    Comparator<Object> order = Equality::order;
    sorted.sort(order.reversed());
    return List.copyOf(sorted.subList(0, Math.clamp(many, 0, sorted.size())));
  }
}
