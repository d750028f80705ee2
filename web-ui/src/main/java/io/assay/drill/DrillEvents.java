package io.assay.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;

/** The events of a drill: the same ones in every run, about two in a hundred violate something. */
final class DrillEvents {
  static final String TOPIC = "drill.events";
  private static final String RULES = "drill.assay";
  private static final long START_MILLIS = 1_750_000_000_000L;
  static final int KEYS = 500;
  private static final int STEP_MILLIS = 200;

  private DrillEvents() {}

  static String rules() {
    try (InputStream text = DrillEvents.class.getResourceAsStream(RULES)) {
      return new String(Objects.requireNonNull(text, RULES).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String key(long number) {
    return "v" + number % KEYS;
  }

  /** The event of a number, from 0. */
  static String json(long number) {
    long frame = number / KEYS;
    var random = new SplittableRandom(number * 0x9e3779b97f4a7c15L);
    double speed = 20 + (random.nextInt(250) == 0 ? 10 : random.nextInt(8) / 10.0);
    boolean gone = random.nextInt(150) == 0;
    int score = random.nextInt(200) == 0 ? 20 : 60 + random.nextInt(40);
    String box = gone ? "" : "{\"track\":\"t%d\",\"score\":0.%d}".formatted(number % KEYS, score);
    return event(key(number), START_MILLIS + frame * STEP_MILLIS, speed, 1, box);
  }

  /** An hour later, one for each key: what came before is over. */
  static String last(int key, long events) {
    long at = START_MILLIS + events / KEYS * STEP_MILLIS + 3_600_000;
    return event(key(key), at, 20, 0, "");
  }

  private static String event(String key, long at, double speed, int hits, String boxes) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"speed\":%s,\"hits\":%d,\"boxes\":[%s]}"
        .formatted(key, at, speed, hits, boxes);
  }
}
