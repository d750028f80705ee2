package io.assay.bench.stream;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Events of a camera, each of 361 bytes of JSON with three boxes; the same for the same seed. In
 * about one of eighty something is wrong, so that one of fifty has a violation.
 */
final class CameraEvents {
  /** Length of each event in bytes: that of the figures we compare with. */
  static final int BYTES = 361;

  private static final int BOXES = 3;
  private static final int MISTAKE_IN = 80;
  private static final int MISTAKES = 8;
  private static final String PADDING = "0123456789abcdef".repeat(24);

  private final SplittableRandom random;
  private final StringBuilder text = new StringBuilder(512);

  CameraEvents(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static byte[] key(int vehicle) {
    return name(vehicle).getBytes(StandardCharsets.UTF_8);
  }

  private static String name(int vehicle) {
    return "v" + (1_000_000 + vehicle);
  }

  byte[] event(int vehicle, int frame, long atMillis) {
    int mistake = random.nextInt(MISTAKE_IN) == 0 ? random.nextInt(MISTAKES) : -1;
    int victim = random.nextInt(BOXES);
    text.setLength(0);
    text.append("{\"vehicle\":\"").append(name(vehicle)).append("\",\"at\":").append(atMillis);
    text.append(",\"frame\":").append(frame).append(",\"exposure\":");
    text.append(mistake == 7 ? "0.2" : "0.0125").append(",\"boxes\":[");
    for (int box = 0; box < BOXES; box++) {
      if (mistake == 0 && box == victim) {
        continue;
      }
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",");
      box(box, frame, box == victim ? mistake : -1);
    }
    if (mistake == 6) {
      text.append(",{\"track\":\"b").append(frame % 100);
      text.append("\",\"label\":\"car\",\"score\":0.9,\"area\":[900,300,8,6]}");
    }
    text.append("],\"host\":\"");
    int missing = BYTES - text.length() - 2;
    return text.append(PADDING, 0, Math.max(0, missing))
        .append("\"}")
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A track lives for 120 frames; each box's ends at another time. */
  private void box(int box, int frame, int wrong) {
    int x = box * 200 + frame % 120 + (wrong == 2 ? 600 : 0) + (wrong == 5 ? 1900 : 0);
    text.append("{\"track\":\"t").append(box).append('-').append((frame + box * 40) / 120);
    text.append("\",\"label\":\"").append(wrong == 1 ? "cyclist" : "car");
    text.append("\",\"score\":").append(wrong == 4 ? "0.1" : "0." + (60 + random.nextInt(40)));
    text.append(",\"area\":[").append(x).append(',').append(80 * box + random.nextInt(4));
    text.append(wrong == 3 ? ",80,6]}" : ",80,60]}");
  }
}
