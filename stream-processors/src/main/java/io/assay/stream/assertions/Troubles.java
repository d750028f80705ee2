package io.assay.stream.assertions;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Assertions that do not judge as they should, by name, and why. */
record Troubles(Map<String, String> suspended, Map<String, String> errors) {
  Troubles {
    suspended = Map.copyOf(suspended);
    errors = Map.copyOf(errors);
  }

  /** Nothing is left out, and some may be in error. */
  static Troubles ofErrors(Map<String, String> errors) {
    return new Troubles(Map.of(), errors);
  }

  /** Of all streams that are judged together. */
  static Troubles of(Collection<Figures> figures) {
    Map<String, String> suspended = new TreeMap<>();
    Map<String, String> errors = new TreeMap<>();
    for (Figures one : figures) {
      suspended.putAll(one.suspended());
      errors.putAll(one.assertionErrors());
    }
    return new Troubles(suspended, errors);
  }
}
