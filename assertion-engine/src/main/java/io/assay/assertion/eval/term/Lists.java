package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is read out of lists, maps and vectors. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without stack traces, part of evaluation
final class Lists {
  private static final NoValue EMPTY = NoValue.failed("the list is empty");

  private Lists() {}

  static void register(Functions.Registry to) {
    for (String of : List.of("index_list", "index_map", "index_vector", "index_dyn")) {
      to.put(of, Lists::index);
    }
    of(to, "min_list", list -> extreme(list, -1));
    of(to, "max_list", list -> extreme(list, 1));
    of(to, "sum_list", Lists::sum);
    of(to, "mean_list", list -> mean(numbers(list)));
    of(to, "median_list", list -> median(numbers(list)));
    of(to, "majority_list", Lists::majority);
    of(to, "argmax_list", list -> (long) list.indexOf(extreme(list, 1)));
    to.put(
        "top_list",
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          LongTerm many = compiler.whole(terms.get(1));
          return (ReferenceTerm) frame -> top(list(list.value(frame)), many.value(frame));
        });
  }

  private static void of(Functions.Registry to, String name, Function<List<?>, Object> function) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          return (ReferenceTerm) frame -> function.apply(list(list.value(frame)));
        });
  }

  private static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw Boxing.unexpected("a list", value);
  }

  private static ReferenceTerm index(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm target = compiler.value(terms.get(0));
    ReferenceTerm index = compiler.dynamic(terms.get(1));
    return frame -> {
      Object at = index.value(frame);
      return switch (target.value(frame)) {
        case List<?> list -> Objects.requireNonNull(list.get(place(at, list.size())));
        case double[] vector -> vector[place(at, vector.length)];
        case Map<?, ?> map -> {
          @Nullable Object found = Equality.find(map, at);
          if (found == null) {
            throw NoValue.failed("no such key: " + at);
          }
          yield found;
        }
        case Object other -> throw Boxing.unexpected("a list or a map", other);
      };
    };
  }

  private static int place(Object at, int size) {
    long place =
        switch (at) {
          case Long whole -> whole;
          case Unsigned unsigned when unsigned.bits() >= 0 -> unsigned.bits();
          case Double number when number == Math.rint(number) -> number.longValue();
          default -> throw Boxing.unexpected("an index", at);
        };
    if (place < 0 || place >= size) {
      throw NoValue.failed("index %d is outside a list of %d".formatted(place, size));
    }
    return (int) place;
  }

  private static double[] numbers(List<?> list) {
    if (list.isEmpty()) {
      throw EMPTY;
    }
    return list.stream()
        .mapToDouble(value -> Boxing.number(Objects.requireNonNull(value)))
        .toArray();
  }

  private static Object extreme(List<?> list, int direction) {
    @Nullable Object best = null;
    for (Object candidate : list) {
      if (best == null || direction * Equality.order(candidate, best) > 0) {
        best = candidate;
      }
    }
    if (best == null) {
      throw EMPTY;
    }
    return best;
  }

  private static Object sum(List<?> list) {
    long whole = 0;
    for (Object value : list) {
      if (!(value instanceof Long term)) {
        return list.stream().mapToDouble(v -> Boxing.number(Objects.requireNonNull(v))).sum();
      }
      try {
        whole = Math.addExact(whole, term);
      } catch (ArithmeticException e) {
        throw NoValue.failed("integer overflow");
      }
    }
    return whole;
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static double median(double[] numbers) {
    java.util.Arrays.sort(numbers);
    int middle = numbers.length / 2;
    return numbers.length % 2 == 1
        ? numbers[middle]
        : numbers[middle - 1] + (numbers[middle] - numbers[middle - 1]) / 2;
  }

  private static Object majority(List<?> list) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    list.forEach(value -> counts.merge(Objects.requireNonNull(value), 1, Integer::sum));
    @Nullable Object best = null;
    int most = 0;
    for (Map.Entry<Object, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        best = entry.getKey();
        most = entry.getValue();
      }
    }
    if (best == null) {
      throw EMPTY;
    }
    return best;
  }

  private static List<Object> top(List<?> list, long many) {
    List<Object> sorted = new ArrayList<>(list);
    Comparator<Object> order = Equality::order;
    sorted.sort(order.reversed());
    return sorted.subList(0, Math.clamp(many, 0, sorted.size()));
  }
}
