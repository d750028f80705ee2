package io.assay.assertion.selection;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A round's candidates by number: which item, assertion and slice each is of. */
final class Pool {
  private final List<Candidate> candidates;
  private final Map<String, Integer> itemNumbers = new HashMap<>();
  private final int[] item;
  private final int[] assertion;
  private final int[] slice;
  private final List<String> assertions;
  private final int slices;
  private final Groups byItem;

  Pool(List<Candidate> candidates, boolean stratify) {
    this.candidates = candidates;
    this.item = new int[candidates.size()];
    for (int c = 0; c < item.length; c++) {
      String name = candidates.get(c).item();
      Integer known = itemNumbers.putIfAbsent(name, itemNumbers.size());
      item[c] = known == null ? itemNumbers.size() - 1 : known;
    }
    this.byItem = Groups.of(item, itemNumbers.size());
    // Sorted, so that numbers do not depend on which candidate comes first.
    this.assertions = names(Candidate::assertion);
    this.assertion = numbers(Candidate::assertion, assertions);
    List<String> sliceNames = stratify ? names(Candidate::slice) : List.of();
    this.slice = numbers(Candidate::slice, sliceNames);
    this.slices = sliceNames.size() + 1;
  }

  private List<String> names(Function<Candidate, @Nullable String> of) {
    var names = new TreeSet<String>();
    for (Candidate candidate : candidates) {
      String name = of.apply(candidate);
      if (name != null) {
        names.add(name);
      }
    }
    return List.copyOf(names);
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
    return item.length;
  }

  int items() {
    return itemNumbers.size();
  }

  Candidate candidate(int c) {
    return candidates.get(c);
  }

  int itemOf(int c) {
    return item[c];
  }

  /** Null where no candidate is of that item. */
  @Nullable Integer itemNamed(String name) {
    return itemNumbers.get(name);
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
