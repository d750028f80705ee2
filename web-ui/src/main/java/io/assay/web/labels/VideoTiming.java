package io.assay.web.labels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which frame of a video an event is of: what its reference says ({@code clip.mp4#frame=12}, {@code
 * clip.mp4#t=0.5}), else by its time after the sample's first event. Frames count from 1.
 *
 * @param framesPerSecond of the videos, > 0
 */
public record VideoTiming(double framesPerSecond) {
  private static final Pattern PLACE =
      Pattern.compile("#(?:.*&)?(frame|t)=([0-9]{1,9}(?:\\.[0-9]{1,9})?)");

  public VideoTiming {
    if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
      throw new IllegalArgumentException(
          "a video needs more than 0 and at most 1000 frames per second, got " + framesPerSecond);
    }
  }

  int frame(Scene scene, long firstAt) {
    Matcher place = PLACE.matcher(scene.media().orElse(""));
    if (place.find()) {
      double number = Double.parseDouble(place.group(2));
      return place.group(1).equals("frame") ? Math.max(1, (int) number) : at(number);
    }
    return at((scene.at() - firstAt) / 1e9);
  }

  /** When a frame is shown, in seconds from the start. */
  double seconds(int frame) {
    return Math.round((frame - 1) / framesPerSecond * 1e6) / 1e6;
  }

  private int at(double seconds) {
    return 1 + (int) Math.round(seconds * framesPerSecond);
  }

  /** The reference without the place in it. */
  static String video(Scene scene) {
    return scene.media().orElse("").split("#", 2)[0];
  }
}
