package io.assay.web.labels;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a sample a label speaks of; of the rest it says nothing, neither that it is there nor
 * that it is not.
 *
 * @param subjectOnly whether nothing but the subject was looked at
 * @param classes of boxes that were looked at; none: all
 * @param fields that were looked at; none: all
 */
public record LabelScope(boolean subjectOnly, Set<String> classes, Set<String> fields) {
  /** Everything was looked at. */
  public static final LabelScope ALL = new LabelScope(false, Set.of(), Set.of());

  private static final Set<String> EVERYTHING = Set.of("*", "all", "everything");
  private static final String FIELD = "field:";

  public LabelScope {
    classes = Set.copyOf(classes);
    fields = Set.copyOf(fields);
  }

  /** Of these classes and fields, whichever subject. */
  public static LabelScope of(Set<String> classes, Set<String> fields) {
    return new LabelScope(false, classes, fields);
  }

  /**
   * As reviewers write it: nothing for the subject alone, {@code all}, or classes and, as {@code
   * field:NAME}, fields, with commas or spaces between.
   */
  public static LabelScope read(String text) {
    List<String> words =
        Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      return new LabelScope(true, Set.of(), Set.of());
    }
    if (words.stream().anyMatch(EVERYTHING::contains)) {
      return ALL;
    }
    return of(
        words.stream().filter(word -> !word.startsWith(FIELD)).collect(Collectors.toSet()),
        words.stream()
            .filter(word -> word.startsWith(FIELD))
            .map(word -> word.substring(FIELD.length()))
            .collect(Collectors.toSet()));
  }

  boolean coversClass(String name) {
    return classes.isEmpty() || classes.contains(name);
  }

  boolean coversField(String name) {
    return fields.isEmpty() || fields.contains(name);
  }

  /** Whether all boxes of a class are labelled where the label speaks of an image. */
  boolean isExhaustiveOf(String kind) {
    return !subjectOnly && coversClass(kind);
  }

  Set<String> sortedClasses() {
    return new TreeSet<>(classes);
  }

  Set<String> sortedFields() {
    return new TreeSet<>(fields);
  }
}
