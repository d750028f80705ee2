package io.assay.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;

/** Events that each violate one of five assertions, of many keys and segments. */
final class StormEvents {
  static final String TOPIC = "storm.events";
  private static final String RULES = "storm.assay";
  private static final int KEYS = 2_000;
  private static final int SENSORS = 5;
  private static final int ZONES = 8;

  private StormEvents() {}

  static String rules(String receiver) {
    try (InputStream text = StormEvents.class.getResourceAsStream(RULES)) {
      return new String(Objects.requireNonNull(text, RULES).readAllBytes(), StandardCharsets.UTF_8)
          .replace("RECEIVER", receiver);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String key(long number) {
    return "v" + number % KEYS;
  }

  /** The event of a number, from 0, at a time in milliseconds. */
  static String json(long number, long at) {
    var random = new SplittableRandom(number * 0x9e3779b97f4a7c15L);
    return "{\"vehicle\":\""
        + key(number)
        + "\",\"at\":"
        + at
        + ",\"sensor\":"
        + random.nextInt(SENSORS)
        + ",\"zone\":\"zone-"
        + number % KEYS % ZONES
        + "\",\"score\":"
        + random.nextInt(5_000) / 10_000.0
        + ",\"speed\":"
        + random.nextInt(400) / 10.0
        + '}';
  }
}
