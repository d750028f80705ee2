package io.assay.web.firstrun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Some events of a topic, as they are read.
 *
 * @param events the last ones that are JSON objects, the oldest first
 * @param unreadable records that are none
 */
record EventSample(List<Sampled> events, long unreadable) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * One record.
   *
   * @param key of the record, as text; empty for none
   */
  record Sampled(String key, JsonNode event) {}

  /** A record as it came; compared by identity, as its arrays are. */
  static final class Raw {
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    /** Both are taken as they are, not copied. */
    Raw(byte @Nullable [] key, byte @Nullable [] value) {
      this.key = key;
      this.value = value;
    }

    byte @Nullable [] key() {
      return key;
    }

    byte @Nullable [] value() {
      return value;
    }
  }

  EventSample {
    events = List.copyOf(events);
  }

  static EventSample of(List<Raw> records) {
    List<Sampled> events = new ArrayList<>();
    long unreadable = 0;
    for (Raw record : records) {
      byte[] value = record.value();
      JsonNode node = value == null ? null : parsed(value);
      if (node != null && node.isObject()) {
        byte[] key = record.key();
        events.add(new Sampled(key == null ? "" : new String(key, UTF_8), node));
      } else {
        unreadable++;
      }
    }
    return new EventSample(events, unreadable);
  }

  private static @Nullable JsonNode parsed(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (JacksonException broken) {
      return null;
    }
  }

  /** The newest, laid out for people; empty where there is none. */
  String newest() {
    return events.isEmpty() ? "" : events.getLast().event().toPrettyString();
  }

  Seen seen() {
    var seen = new Seen();
    events.forEach(one -> seen.take(one.event()));
    return seen;
  }
}
