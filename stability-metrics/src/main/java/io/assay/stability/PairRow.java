package io.assay.stability;

import java.util.ArrayList;
import java.util.List;

/**
 * One item's vectors, in both versions and in the anchors if there are some; all numbers finite.
 */
public final class PairRow {
  private final String item;
  private final List<double[]> parts;

  private PairRow(String item, List<double[]> parts) {
    this.item = item;
    this.parts = parts;
  }

  /**
   * Arrays are not copied; they must not change while the row is in use.
   *
   * @param anchors two or none
   */
  public static PairRow of(String item, double[] x, double[] y, double[]... anchors) {
    List<double[]> parts = new ArrayList<>();
    parts.add(x);
    parts.add(y);
    parts.addAll(List.of(anchors));
    for (double[] part : parts) {
      for (double value : part) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "item '%s' needs finite numbers, got %s".formatted(item, value));
        }
      }
    }
    return new PairRow(item, parts);
  }

  String item() {
    return item;
  }

  List<double[]> parts() {
    return parts;
  }

  double[] x() {
    return parts.get(0);
  }

  double[] y() {
    return parts.get(1);
  }

  /** Writes all parts one behind another. */
  void join(PairShape shape, double[] into) {
    List<Integer> widths = shape.widths();
    if (parts.size() != widths.size()) {
      throw new IllegalArgumentException(
          "item '%s' needs %d vectors, got %d".formatted(item, widths.size(), parts.size()));
    }
    int at = 0;
    for (int p = 0; p < widths.size(); p++) {
      double[] part = parts.get(p);
      if (part.length != widths.get(p)) {
        throw new IllegalArgumentException(
            "item '%s' needs %d numbers, got %d".formatted(item, widths.get(p), part.length));
      }
      System.arraycopy(part, 0, into, at, part.length);
      at += part.length;
    }
  }
}
