package io.assay.web.violations;

import java.util.ArrayList;
import java.util.List;

/** What all must hold, with the values in order. */
final class Conditions {
  private final List<String> parts = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  Conditions add(String part, Object... given) {
    parts.add(part);
    values.addAll(List.of(given));
    return this;
  }

  Conditions add(Conditions others) {
    parts.addAll(others.parts);
    values.addAll(others.values);
    return this;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  String sql() {
    return parts.isEmpty() ? "true" : String.join(" and ", parts);
  }

  List<Object> values() {
    return List.copyOf(values);
  }
}
