package io.assay.assertion.scenario;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedTest.Given;
import io.assay.assertion.rule.ir.CheckedTest.Given.Records;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The payloads of {@code given STREAM every D … seen "1101"}.
 *
 * <p>0 leaves the first element out of the first list, or, where no element is given, the event out
 * of the stream. Key, time and id are made up where the test does not give them.
 */
final class PatternEvents {
  /** 2026-01-01T00:00:00Z: any instant would do, the same one makes ids the same. */
  static final long START = 1_767_225_600_000_000_000L;

  /** More than the events of one series, so that ids of several are different. */
  private static final long SERIES = 1_000_000_000L;

  private final Given.Pattern pattern;
  private final int place;
  private final SeriesValues values;

  /**
   * @param title of the test
   * @param place of the series among what is given, from 0
   */
  PatternEvents(Given.Pattern pattern, String title, int place) {
    this.pattern = pattern;
    this.place = place;
    String seed = title + "\0" + place;
    this.values = new SeriesValues(pattern.series(), seed, pattern.times().count());
  }

  /**
   * Makes all payloads, in order.
   *
   * @throws IllegalArgumentException if the pattern names a field that the stream does not have, or
   *     a value cannot be made
   */
  void forEach(Consumer<byte[]> use) {
    String seen = pattern.seen().isEmpty() ? "1" : pattern.seen();
    for (long i = 0; i < pattern.times().count(); i++) {
      boolean with = seen.charAt((int) (i % seen.length())) != '0';
      if (with || hasElements()) {
        use.accept(payload(i, with));
      }
    }
  }

  private byte[] payload(long index, boolean withElement) {
    values.event(index);
    Map<String, Object> given = values.of(pattern.values());
    var tree = new JsonTree(pattern.stream().root(), pattern.stream().size());
    StructType.Field key = pattern.stream().key();
    tree.put(key.name(), given.getOrDefault(key.name(), placeholder(key, 0)));
    pattern.stream()
        .id()
        .ifPresent(id -> tree.put(id.name(), placeholder(id, place * SERIES + index)));
    given.forEach(tree::put);
    StructType.Field time = pattern.stream().time();
    long start = (Long) given.getOrDefault(time.name(), START);
    tree.put(time.name(), start + pattern.times().of(index));
    boolean first = true;
    for (Records records : pattern.records()) {
      if (records.isList()) {
        tree.put(records.field(), elements(records, first && !withElement ? 1 : 0));
        first = false;
      } else {
        tree.put(records.field(), values.of(records.records().getFirst()));
      }
    }
    return tree.bytes();
  }

  private boolean hasElements() {
    return pattern.records().stream().anyMatch(Records::isList);
  }

  private List<Map<String, Object>> elements(Records records, int leftOut) {
    return records.records().stream().skip(leftOut).map(values::of).toList();
  }

  private static Object placeholder(StructType.Field field, long index) {
    return switch (field.type()) {
      case Type.Basic.STRING -> "test-" + index;
      case Type.EnumOf values -> values.values().getFirst();
      default -> index;
    };
  }
}
