package io.assay.web.firstrun;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What was seen at one place of some payloads: of which kinds, and how large. */
final class Seen {
  /** Beyond this share what differs is a mistake of a sender. */
  static final double NEARLY_ALL = 0.95;

  private static final int MOST_FIELDS = 100;

  /** More than events are looked at: of what each event has one, all are known. */
  private static final int MOST_VALUES = 2000;

  private final Map<String, Seen> fields = new LinkedHashMap<>();
  private final SequencedSet<String> values = new LinkedHashSet<>();
  private final Numbers numbers = new Numbers();
  private @Nullable Seen element;
  private long nulls;
  private long whole;
  private long fractions;
  private long texts;
  private long times;
  private long truths;
  private long lists;
  private long objects;
  private long corners;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  /** One value more. */
  void take(JsonNode node) {
    switch (node.getNodeType()) {
      case NULL, MISSING -> nulls++;
      case BOOLEAN -> truths++;
      case NUMBER -> number(node);
      case STRING, BINARY, POJO -> text(node.asString(""));
      case ARRAY -> list(node);
      case OBJECT -> {
        objects++;
        node.properties().forEach(one -> field(one.getKey()).ifRoom(one.getValue()));
      }
    }
  }

  private record Place(@Nullable Seen seen) {
    void ifRoom(JsonNode node) {
      if (seen != null) {
        seen.take(node);
      }
    }
  }

  private Place field(String name) {
    if (fields.size() >= MOST_FIELDS && !fields.containsKey(name)) {
      return new Place(null);
    }
    return new Place(fields.computeIfAbsent(name, unused -> new Seen()));
  }

  private void number(JsonNode node) {
    if (node.isIntegralNumber()) {
      whole++;
      value(node.asString());
    } else {
      fractions++;
    }
    numbers.take(node.asDouble());
  }

  private void text(String text) {
    texts++;
    value(text);
    if (isTime(text)) {
      times++;
    }
  }

  private void value(String text) {
    if (values.size() < MOST_VALUES) {
      values.add(text);
    }
  }

  private static boolean isTime(String text) {
    if (text.length() < 20 || text.length() > 40 || text.charAt(4) != '-') {
      return false;
    }
    try {
      return OffsetDateTime.parse(text).getYear() > 0;
    } catch (DateTimeException none) {
      return false;
    }
  }

  private void list(JsonNode list) {
    lists++;
    shortest = Math.min(shortest, list.size());
    longest = Math.max(longest, list.size());
    if (list.size() == 4
        && list.get(2).asDouble(0) > list.get(0).asDouble(0)
        && list.get(3).asDouble(0) > list.get(1).asDouble(0)) {
      corners++;
    }
    Seen inside = element == null ? new Seen() : element;
    element = inside;
    list.forEach(inside::take);
  }

  Map<String, Seen> fields() {
    return fields;
  }

  /** Elements of lists; null where none was seen. */
  @Nullable Seen element() {
    return element;
  }

  /** How often there was a value. */
  long present() {
    return whole + fractions + texts + truths + lists + objects;
  }

  boolean isEverNull() {
    return nulls > 0;
  }

  boolean isNumber() {
    return whole + fractions > 0 && whole + fractions == present();
  }

  boolean isWhole() {
    return whole > 0 && whole == present();
  }

  boolean isText() {
    return texts > 0 && texts == present();
  }

  boolean isTimeText() {
    return texts > 0 && times == present();
  }

  /** Nearly always a time: what is none is a mistake of its sender. */
  boolean isMostlyTimeText() {
    return times > 0 && times >= NEARLY_ALL * present();
  }

  boolean isTruth() {
    return truths > 0 && truths == present();
  }

  boolean isList() {
    return lists > 0 && lists == present();
  }

  boolean isRecord() {
    return objects > 0 && objects == present();
  }

  /** Whether every list has so many elements. */
  boolean isOfLength(int length) {
    return shortest == length && longest == length;
  }

  int longest() {
    return longest;
  }

  /** Whether every list of four could be left, top, right, bottom. */
  boolean areCorners() {
    return lists > 0 && corners == lists;
  }

  /** Different texts or whole numbers, at most 2,000. */
  SequencedSet<String> values() {
    return values;
  }

  /** Whether each value was another. */
  boolean isUnique() {
    return present() > 1 && values.size() == Math.min(present(), MOST_VALUES);
  }

  /** The least number of all; of none: 0. */
  double least() {
    return numbers.least();
  }

  /** The greatest number of all; of none: 0. */
  double greatest() {
    return numbers.greatest();
  }

  /** The number that about so great a share is not above; of none: 0. */
  double quantile(double share) {
    return numbers.quantile(share);
  }

  /** Which kinds of values there were, as JSON calls them. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    if (whole + fractions > 0) {
      kinds.add("number");
    }
    if (texts > 0) {
      kinds.add("text");
    }
    if (truths > 0) {
      kinds.add("true or false");
    }
    if (lists > 0) {
      kinds.add("list");
    }
    if (objects > 0) {
      kinds.add("object");
    }
    return kinds;
  }

  /** The texts, sorted. */
  List<String> texts() {
    return List.copyOf(new TreeSet<>(values));
  }
}
