package io.assay.assertion.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule set as a large team has it: assertions of many kinds on many streams in several files.
 * Prints it into a folder for {@code assay check}.
 */
final class ManyRules {
  private static final int PER_FILE = 100;
  private static final int PER_STREAM = 20;

  private ManyRules() {}

  static List<SourceFile> of(int assertions) {
    var files = new ArrayList<SourceFile>();
    for (int first = 0; first < assertions; first += PER_FILE) {
      var text = new StringBuilder("language 1\n\n");
      for (int i = first; i < Math.min(assertions, first + PER_FILE); i++) {
        if (i % PER_STREAM == 0) {
          text.append(stream(i / PER_STREAM));
        }
        text.append(assertion(i, i / PER_STREAM)).append('\n');
      }
      files.add(new SourceFile("rules%02d.assay".formatted(first / PER_FILE), text.toString()));
    }
    return files;
  }

  private static String stream(int number) {
    return """
    # Predictions of sensor %1$d.
    stream camera%1$d from topic "camera.%1$d.predictions" {
      key    vehicle     string
      time   at          timestamp(millis)
      size   1242 x 375
      frame              int
      weather            string?
      speed              double
      boxes              list {
        track            string?
        label            enum("car", "van", "pedestrian", "cyclist") alike ("car", "van")
        score            ratio
        area             rect = xyxy(bbox)
        distance         length(metres)
      }
      slice night = hour(at) >= 21 || hour(at) < 6
      slice rain  = weather == "rain"
    }

    """
        .formatted(number);
  }

  private static String assertion(int number, int stream) {
    String head =
        "assertion rule%d on camera%d \"what rule %d says of a road user\" {\n"
            .formatted(number, stream, number);
    return head
        + body(number)
        + "  level      warning\n  mode       shadow\n  tags       tracking\n}\n";
  }

  private static String body(int number) {
    return switch (number % 6) {
      case 0 ->
          """
            each       b in boxes where b.score >= 0.%d
            identity   b.track
            absent     less than 500ms
            severity   gap / 500ms
            explain    "{b.label} {b.track} was gone for {gap}"
          """
              .formatted(1 + number % 9);
      case 1 ->
          """
            each       b in boxes where b.score >= 0.5 && b.distance <= %dmetres
            identity   overlap(b.area) >= 0.3 coasting 500ms
            present    less than 300ms
            severity   1.0 - lifetime / 300ms
            explain    "{b.label} lived only {lifetime}"
          """
              .formatted(10 + number % 90);
      case 2 ->
          """
            expect     size(boxes) <= %d
            severity   double(size(boxes)) / 40.0
            explain    "{size(boxes)} boxes in one frame"
          """
              .formatted(20 + number % 40);
      case 3 ->
          """
            let        piles = clusters(boxes, a, b, iou(a.area, b.area) >= 0.5).filter(c, size(c) >= 3)
            expect     size(piles) == 0
            severity   size(piles)
            explain    "{size(piles)} piles of three boxes or more"
          """;
      case 4 ->
          """
            where      weather == "rain" || hour(at) >= 21
            each       b in boxes where b.label in ["car", "van"] && !touches_border(b.area)
            expect     big:  area(b.area) > %d.0
            expect     near: b.distance <= 80metres when present
            severity   b.score > 0.9 ? 2.0 : b.score > 0.5 ? 1.0 : 0.5
            explain    "{b.label} of {area(b.area)} square pixels"
          """
              .formatted(50 + number);
      default ->
          """
            expect     boxes.filter(b, b.label == "car" && b.score > 0.5).size() <= 10
            expect     boxes.all(b, b.score >= 0.05 && b.score <= 1.0) && speed < %d.0
            explain    "{boxes.size()} boxes at {speed}"
          """
              .formatted(20 + number % 60);
    };
  }
}
