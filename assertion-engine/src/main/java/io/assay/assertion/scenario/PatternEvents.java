package io.assay.assertion.scenario;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedTest.Given;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The payloads of {@code given STREAM every D … seen "1101"}.
 *
 * <p>One payload a character; 0 leaves the element out of its list, or, where no element is given,
 * the event out of the stream. Key, time and id are made up where the test does not give them.
 */
final class PatternEvents {
  /** 2026-01-01T00:00:00Z: any instant would do, the same one makes ids the same. */
  static final long START = 1_767_225_600_000_000_000L;

  private final Given.Pattern pattern;
  private final Map<String, Object> values;
  private final Map<String, Object> element;

  private PatternEvents(Given.Pattern pattern) {
    this.pattern = pattern;
    this.values = constants(pattern.values());
    this.element = constants(pattern.element());
  }

  /**
   * @throws IllegalArgumentException if the pattern names a field that the stream does not have
   */
  static List<byte[]> of(Given.Pattern pattern) {
    var events = new PatternEvents(pattern);
    String seen = pattern.seen().isEmpty() ? "1" : pattern.seen();
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < seen.length(); i++) {
      boolean with = seen.charAt(i) != '0';
      if (with || pattern.list().isPresent()) {
        payloads.add(events.payload(i, with));
      }
    }
    return payloads;
  }

  private byte[] payload(int index, boolean withElement) {
    var tree = new JsonTree(pattern.stream().root(), pattern.stream().size());
    StructType.Field key = pattern.stream().key();
    tree.put(key.name(), values.getOrDefault(key.name(), placeholder(key, 0)));
    pattern.stream().id().ifPresent(id -> tree.put(id.name(), placeholder(id, index)));
    values.forEach(tree::put);
    StructType.Field time = pattern.stream().time();
    long start = (Long) values.getOrDefault(time.name(), START);
    tree.put(time.name(), start + index * pattern.everyNanos());
    pattern.list().ifPresent(list -> tree.put(list, withElement ? List.of(element) : List.of()));
    return tree.bytes();
  }

  private static Object placeholder(StructType.Field field, int index) {
    return switch (field.type()) {
      case Type.Basic.STRING -> "test-" + index;
      case Type.EnumOf values -> values.values().getFirst();
      default -> (long) index;
    };
  }

  /** A null is the same as a field left out. */
  private static Map<String, Object> constants(List<Value> given) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Value value : given) {
      Object constant = Constants.of(value.term());
      if (constant != Term.Null.NULL) {
        constants.put(value.name(), constant);
      }
    }
    return constants;
  }
}
