package io.assay.bench.engine;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Frames of a camera as JSON; the same for the same seed. Tracks live twelve seconds; in one frame
 * of a hundred something is wrong: a box is gone, bears another label, jumps, is piled on, has no
 * score, or appears for a blink.
 */
final class StreetFrames {
  private static final long START = 1_772_352_000_000L;
  private static final int MISTAKES = 6;
  private static final int MISTAKE_IN = 100;

  private final SplittableRandom random;
  private final int boxes;

  StreetFrames(long seed, int boxes) {
    this.random = new SplittableRandom(seed);
    this.boxes = boxes;
  }

  byte[] frame(String key, int frame) {
    int mistake = random.nextInt(MISTAKE_IN) == 0 ? random.nextInt(MISTAKES) : -1;
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

  private void box(StringBuilder text, String track, int box, int frame, int wrong) {
    int x = box % 10 * 200 + (frame + box * 24) % 120 + (wrong == 2 ? 60 : 0);
    int y = box / 10 * 80 + random.nextInt(4);
    text.append("{\"track\":").append(track);
    text.append(",\"label\":\"").append(wrong == 1 ? "pedestrian" : "car");
    text.append("\",\"score\":").append(wrong == 4 ? "0.1" : "0." + (60 + random.nextInt(40)));
    text.append(",\"area\":[").append(x).append(',').append(y).append(",80,60]}");
  }
}
