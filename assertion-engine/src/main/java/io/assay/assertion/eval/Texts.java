package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of a state: each is written once, and called by its number wherever it stands. */
final class Texts {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> all = new ArrayList<>();

  int numberOf(String text) {
    Integer known = numbers.putIfAbsent(text, all.size());
    if (known != null) {
      return known;
    }
    all.add(text);
    return all.size() - 1;
  }

  void write(StateWriter out) {
    out.writeUnsigned(all.size());
    all.forEach(out::writeText);
  }
}
