package io.assay.stability;

import java.util.ArrayList;
import java.util.List;

/**
 * What a running comparison keeps.
 *
 * @param x dimensions of the old version
 * @param y dimensions of the new one
 * @param anchors dimensions of the two anchors, or none where the pair is its own
 * @param displacement whether semantic displacement is wanted: a third more work a row
 * @param sample how many rows are kept for nearest neighbours, 0 for none
 */
public record PairShape(int x, int y, List<Integer> anchors, boolean displacement, int sample) {
  private static final int SAMPLE = 2000;

  public PairShape {
    anchors = List.copyOf(anchors);
    if (x < 1 || y < 1 || anchors.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "dimensions need to be 1 or more, got %d, %d, anchors %s".formatted(x, y, anchors));
    }
    if (!anchors.isEmpty() && anchors.size() != 2) {
      throw new IllegalArgumentException("two anchors are needed or none, got " + anchors.size());
    }
    if (sample < 0) {
      throw new IllegalArgumentException("a sample needs 0 rows or more, got " + sample);
    }
  }

  public static PairShape of(int x, int y) {
    return new PairShape(x, y, List.of(), true, SAMPLE);
  }

  public PairShape withAnchors(int e, int f) {
    return new PairShape(x, y, List.of(e, f), displacement, sample);
  }

  public PairShape withoutDisplacement() {
    return new PairShape(x, y, anchors, false, sample);
  }

  public PairShape withSample(int rows) {
    return new PairShape(x, y, anchors, displacement, rows);
  }

  /** Of the parts of a row, in their order. */
  List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(List.of(x, y));
    widths.addAll(anchors);
    return widths;
  }

  int width() {
    return widths().stream().mapToInt(Integer::intValue).sum();
  }
}
