package io.assay.web.labels;

import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaFiles;
import tools.jackson.databind.node.ObjectNode;

/** Pixels as Label Studio has them: percent of the image, 0 to 100, to four digits. */
final class Percent {
  private Percent() {}

  /** Of a box that lies in the image. */
  static void put(ObjectNode value, Box box, MediaFiles.Size size) {
    double x = of(box.x(), size.width());
    double y = of(box.y(), size.height());
    value.put("x", x).put("y", y);
    // Rounded, the two together must not pass the edge.
    value.put("width", rounded(Math.min(100 - x, of(box.width(), size.width()))));
    value.put("height", rounded(Math.min(100 - y, of(box.height(), size.height()))));
    value.put("rotation", 0);
  }

  private static double of(double pixels, int whole) {
    return rounded(pixels / whole * 100);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
