package io.assay.imports;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How a line of detections on KITTI's tracking sequences is laid out, as trackers such as AB3DMOT
 * read them. Values are passed on as they are; only what JSON cannot say is refused.
 */
public final class KittiFormat {
  private static final List<String> CAMERA = List.of("frame", "x1", "y1", "x2", "y2", "score");
  private static final List<String> LIDAR =
      List.of(
          "frame", "type", "x1", "y1", "x2", "y2", "score", "h", "w", "l", "x", "y", "z", "rot_y",
          "alpha");

  /** The type numbers of AB3DMOT's detections, from 1. */
  private static final List<String> TYPES = List.of("pedestrian", "car", "cyclist");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z_-]*");
  private static final int TYPE = 1;

  private final List<String> columns;
  private final String label;

  private KittiFormat(List<String> columns, String label) {
    this.columns = columns;
    this.label = label;
  }

  /**
   * {@code frame,x1,y1,x2,y2,score}: such a file is of one class, which it does not name.
   *
   * @param label what its boxes are
   */
  public static KittiFormat camera(String label) {
    return new KittiFormat(CAMERA, label);
  }

  /** {@code frame,type,x1,y1,x2,y2,score,h,w,l,x,y,z,rot_y,alpha}. */
  public static KittiFormat lidar() {
    return new KittiFormat(LIDAR, "");
  }

  KittiLine parse(String line, int frames) {
    String[] cells = line.split(",", -1);
    if (cells.length != columns.size()) {
      return new KittiLine.Broken(
          "expected %d values (%s), got %d"
              .formatted(columns.size(), String.join(",", columns), cells.length));
    }
    boolean typed = columns.equals(LIDAR);
    double[] values = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      if (typed && i == TYPE) {
        continue;
      }
      values[i] = number(cells[i]);
      if (!Double.isFinite(values[i])) {
        return new KittiLine.Broken(
            "%s (column %d) must be a finite number, got '%s'"
                .formatted(columns.get(i), i + 1, cells[i].strip()));
      }
    }
    int frame = (int) values[0];
    if (frame != values[0] || frame < 0 || frame >= frames) {
      return new KittiLine.Broken(
          "frame must be a whole number in 0 .. %d, got '%s'"
              .formatted(frames - 1, cells[0].strip()));
    }
    return typed ? lidar(frame, cells[TYPE].strip(), values) : camera(frame, values);
  }

  private KittiLine camera(int frame, double[] v) {
    return new KittiLine.Read(
        new KittiBox(frame, label, v[5], v[1], v[2], v[3], v[4], OptionalDouble.empty()));
  }

  private static KittiLine lidar(int frame, String type, double[] v) {
    String label = label(type);
    if (label.isEmpty()) {
      return new KittiLine.Broken(
          "type (column 2) must be 1 (pedestrian), 2 (car), 3 (cyclist) or a name, got '%s'"
              .formatted(type));
    }
    // in KITTI's camera coordinates the camera is the origin
    double distance = Math.sqrt(v[10] * v[10] + v[11] * v[11] + v[12] * v[12]);
    return new KittiLine.Read(
        new KittiBox(frame, label, v[6], v[2], v[3], v[4], v[5], OptionalDouble.of(distance)));
  }

  /** In small letters, as labels are written in rules; empty for what is no type. */
  private static String label(String type) {
    if (NAME.matcher(type).matches()) {
      return type.toLowerCase(Locale.ROOT);
    }
    double number = number(type);
    int index = (int) number;
    return index == number && index >= 1 && index <= TYPES.size() ? TYPES.get(index - 1) : "";
  }

  /** The number in a cell, or NaN, which no caller lets pass. */
  private static double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
