package io.assay.assertion.canonical;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checked rule set as JSON that says everything: another process judges by it as if it had
 * compiled the texts, with the same hashes. Equal rule sets are equal texts, byte by byte.
 *
 * <p>What stands in many places (types, streams, fields, variables) is written once, in {@code
 * shared}, and meant by its index there; what an entry needs stands before it.
 */
public final class CanonicalRules {
  /** Counted up when the records that make up a rule set change: an older reader must refuse. */
  public static final int FORM = 1;

  private static final String FORM_NAME = "form";
  private static final String SOURCES = "sources";
  private static final String SHARED = "shared";
  private static final String RULES = "rules";

  private CanonicalRules() {}

  public static String write(CheckedRules rules) {
    var writer = new RecordWriter(true);
    Object written = writer.write(CheckedRules.class, rules);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(FORM_NAME, (long) FORM);
    root.put(SOURCES, writer.sources());
    root.put(SHARED, writer.shared());
    root.put(RULES, written);
    return JsonNodes.text(root);
  }

  /**
   * One assertion with all it stands on, wherever in whichever file it is written: two that differ
   * only in layout, comments or what stands around them are equal texts. Nobody reads it back.
   */
  public static String withoutPlaces(CheckedAssertion assertion) {
    var writer = new RecordWriter(false);
    Object written = writer.write(CheckedAssertion.class, assertion);
    return JsonNodes.text(List.of(writer.shared(), written));
  }

  /**
   * @throws IllegalArgumentException if the text is no rule set, or one of another form; the
   *     message says what was needed, what came, and where
   */
  public static CheckedRules read(String text) {
    if (!(JsonNodes.read(text) instanceof Map<?, ?> root)) {
      throw new IllegalArgumentException("a rule set is a JSON object");
    }
    Object form = member(root, FORM_NAME);
    if (!form.equals((long) FORM)) {
      throw new IllegalArgumentException(
          "this version reads rule sets of form %d, this one is of form %s: it was written by another version of Assay"
              .formatted(FORM, form));
    }
    var reader = new RecordReader(list(root, SOURCES), list(root, SHARED));
    return (CheckedRules) reader.read(CheckedRules.class, member(root, RULES), RULES);
  }

  private static Object member(Map<?, ?> root, String name) {
    Object value = root.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "a rule set has a member '%s'; there is none".formatted(name));
    }
    return value;
  }

  private static List<?> list(Map<?, ?> root, String name) {
    if (member(root, name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("'%s' of a rule set is a list".formatted(name));
  }
}
