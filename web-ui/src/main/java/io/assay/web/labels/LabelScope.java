package io.assay.web.labels;

import java.util.Set;
import java.util.TreeSet;

/**
 * What of a sample a label speaks of; of the rest it says nothing, neither that it is there nor
 * that it is not.
 *
 * @param classes of boxes that were looked at; none: all
 * @param fields that were looked at; none: all
 */
public record LabelScope(Set<String> classes, Set<String> fields) {
  /** Everything was looked at. */
  public static final LabelScope ALL = new LabelScope(Set.of(), Set.of());

  public LabelScope {
    classes = Set.copyOf(classes);
    fields = Set.copyOf(fields);
  }

  boolean coversClass(String name) {
    return classes.isEmpty() || classes.contains(name);
  }

  boolean coversField(String name) {
    return fields.isEmpty() || fields.contains(name);
  }

  Set<String> sortedClasses() {
    return new TreeSet<>(classes);
  }

  Set<String> sortedFields() {
    return new TreeSet<>(fields);
  }
}
