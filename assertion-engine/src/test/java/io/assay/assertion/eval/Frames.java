package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.List;

/** Makes camera events from a pattern: a column a frame, a row an identity. */
final class Frames {
  static final String STREAM =
      """
      stream camera from topic "t" {
        key vehicle string
        time at timestamp(millis)
        boxes list {
          track string?
          label string
          score ratio
          area rect
        }
      }
      """;

  private Frames() {}

  /** A frame every 100 ms from 0; {@code t1 1101} sees t1 in the first, second and fourth. */
  static String[] of(String... tracks) {
    int frames = tracks[0].substring(tracks[0].indexOf(' ') + 1).length();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      List<String> boxes = new ArrayList<>();
      for (String track : tracks) {
        String[] parts = track.split(" ", -1);
        switch (parts[1].charAt(i)) {
          case '1' -> boxes.add(box(parts[0], "0.9"));
          case '?' -> boxes.add(box(parts[0], "7"));
          case '-' -> boxes.add(box(parts[0], "0.1"));
          default -> {}
        }
      }
      lines.add(frame(i * 100L, boxes.toArray(new String[0])));
    }
    return lines.toArray(new String[0]);
  }

  static String frame(long at, String... boxes) {
    return "{\"vehicle\":\"v\",\"at\":%d,\"boxes\":[%s]}".formatted(at, String.join(",", boxes));
  }

  static String box(String track, String score) {
    return "{\"track\":%s,\"label\":\"car\",\"score\":%s,\"area\":[10,10,40,30]}"
        .formatted(track.equals("null") ? track : '"' + track + '"', score);
  }

  static String at(double x, double y, double width, double height) {
    return "{\"label\":\"car\",\"score\":0.9,\"area\":[%s,%s,%s,%s]}"
        .formatted(x, y, width, height);
  }
}
