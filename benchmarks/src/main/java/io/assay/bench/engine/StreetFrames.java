package io.assay.bench.engine;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Frames of a camera, and of a LIDAR beside it, as JSON; the same for the same seed. Tracks live
 * twelve seconds; in one frame of a hundred something is wrong: a box is gone, bears another label,
 * jumps, is piled on, has no score, or appears for a blink.
 */
final class StreetFrames {
  private static final long START = 1_772_352_000_000L;
  private static final int MISTAKES = 6;

  private static final int LIDAR_AFTER = 20;
  private static final int SILENT_EVERY = 300;
  private static final int SILENT_FRAMES = 6;
  private static final int SILENT_KEYS = 4;

  private final SplittableRandom random;
  private final SplittableRandom ofLidar;
  private final int boxes;
  private final int mistakeIn;

  /**
   * @param mistakeIn of so many frames something is wrong in one
   */
  StreetFrames(long seed, int boxes, int mistakeIn) {
    this.random = new SplittableRandom(seed);
    this.ofLidar = new SplittableRandom(~seed);
    this.boxes = boxes;
    this.mistakeIn = mistakeIn;
  }

  byte[] frame(String key, int frame) {
    int mistake = random.nextInt(mistakeIn) == 0 ? random.nextInt(MISTAKES) : -1;
    int victim = random.nextInt(boxes);
    var text = new StringBuilder(96 * boxes);
    text.append("{\"vehicle\":\"").append(key);
    text.append("\",\"at\":").append(START + frame * 100L).append(",\"boxes\":[");
    String comma = "";
    for (int box = 0; box < boxes; box++) {
      int wrong = box == victim ? mistake : -1;
      if (wrong == 0) {
        continue;
      }
      text.append(comma);
      comma = ",";
      box(text, "\"t" + box + '-' + (frame + box * 24) / 120 + '"', box, frame, wrong);
    }
    if (mistake == 3) {
      box(text.append(comma), "null", victim, frame, -1);
      box(text.append(','), "null", victim, frame, -1);
    } else if (mistake == 5) {
      box(text.append(comma), "\"blink" + frame + '"', boxes + 1, frame, -1);
    }
    return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Every fourth camera says nothing for a while now and then. */
  static boolean cameraSpeaks(int key, int frame) {
    return key % SILENT_KEYS != 0 || frame % SILENT_EVERY < SILENT_EVERY - SILENT_FRAMES;
  }

  /** What is there, as a LIDAR sees it: it makes no mistakes. */
  byte[] lidar(String key, int frame) {
    var text = new StringBuilder(96 * boxes);
    text.append("{\"vehicle\":\"").append(key);
    text.append("\",\"at\":").append(START + frame * 100L + LIDAR_AFTER);
    text.append(",\"boxes\":[");
    for (int box = 0; box < boxes; box++) {
      text.append(box == 0 ? "" : ",").append("{\"label\":\"car\",\"score\":");
      text.append(4 + ofLidar.nextInt(4)).append(",\"area\":[").append(left(box, frame));
      text.append(',').append(top(box) + ofLidar.nextInt(4)).append(",80,60]");
      text.append(",\"distance\":").append(10 + box % 20).append('}');
    }
    return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int left(int box, int frame) {
    return box % 10 * 200 + (frame + box * 24) % 120;
  }

  private static int top(int box) {
    return box / 10 * 80;
  }

  private void box(StringBuilder text, String track, int box, int frame, int wrong) {
    int x = left(box, frame) + (wrong == 2 ? 60 : 0);
    int y = top(box) + random.nextInt(4);
    text.append("{\"track\":").append(track);
    text.append(",\"label\":\"").append(wrong == 1 ? "pedestrian" : "car");
    text.append("\",\"score\":").append(wrong == 4 ? "0.1" : "0." + (60 + random.nextInt(40)));
    text.append(",\"area\":[").append(x).append(',').append(y).append(",80,60]}");
  }
}
