package io.assay.assertion.selection;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A round's candidates by number: which item, assertion and slice each is of. */
final class Pool {
  private final List<Candidate> candidates;
  private final Numbering items;
  private final Groups byItem;
  private final List<String> assertions;
  private final int[] assertion;
  private final int[] slice;
  private final int slices;

  Pool(List<Candidate> candidates, boolean stratify) {
    this.candidates = candidates;
    this.items =
        new Numbering(
            candidates.size(),
            c -> candidates.get(c).item().hashCode(),
            (a, b) -> candidates.get(a).item().equals(candidates.get(b).item()));
    this.byItem = items.groups();
    // Sorted, so that numbers do not depend on which candidate comes first.
    this.assertions = names(Candidate::assertion);
    this.assertion = numbers(Candidate::assertion, assertions);
    List<String> sliceNames = stratify ? names(Candidate::slice) : List.of();
    this.slice = numbers(Candidate::slice, sliceNames);
    this.slices = sliceNames.size() + 1;
  }

  private List<String> names(Function<Candidate, @Nullable String> of) {
    Set<String> names = new HashSet<>();
    for (Candidate candidate : candidates) {
      String name = of.apply(candidate);
      if (name != null) {
        names.add(name);
      }
    }
    return names.stream().sorted().toList();
  }

  private int[] numbers(Function<Candidate, @Nullable String> of, List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    int[] result = new int[candidates.size()];
    for (int c = 0; c < result.length; c++) {
      String name = of.apply(candidates.get(c));
      result[c] = name == null ? Groups.NONE : numbers.getOrDefault(name, Groups.NONE);
    }
    return result;
  }

  int size() {
    return candidates.size();
  }

  int items() {
    return items.count();
  }

  Candidate candidate(int c) {
    return candidates.get(c);
  }

  int itemOf(int c) {
    return items.of(c);
  }

  /** {@link Groups#NONE} where no candidate is of that item. */
  int itemNamed(String name) {
    return items.find(name.hashCode(), c -> candidates.get(c).item().equals(name));
  }

  /** Its candidates, in the order in which they came. */
  Groups byItem() {
    return byItem;
  }

  /** {@link Groups#NONE} where none has flagged it. */
  int assertionOf(int c) {
    return assertion[c];
  }

  List<String> assertions() {
    return assertions;
  }

  String assertionNamed(int number) {
    return assertions.get(number);
  }

  /** {@link Groups#NONE} where no candidate is of that assertion. */
  int numberOf(String assertionName) {
    return Math.max(Groups.NONE, Collections.binarySearch(assertions, assertionName));
  }

  /** In 0 .. slices - 1; the last is of what has none. */
  int sliceOf(int c) {
    return slice[c] == Groups.NONE ? slices - 1 : slice[c];
  }

  int slices() {
    return slices;
  }
}
