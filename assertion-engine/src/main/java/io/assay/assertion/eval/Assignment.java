package io.assay.assertion.eval;

import java.util.Arrays;

/**
 * As many pairs as there can be, each element in one at most: augmenting paths, in the order of the
 * left side, so that of equally good assignments the one that serves earlier elements is taken.
 */
final class Assignment {
  private final boolean[][] fits;
  private final int[] leftOf;

  private Assignment(boolean[][] fits, int rights) {
    this.fits = fits;
    this.leftOf = new int[rights];
    Arrays.fill(leftOf, -1);
  }

  /**
   * @param fits which left element fits which right one
   * @return for each left element its right one; -1 where it has none
   */
  static int[] of(boolean[][] fits, int rights) {
    Assignment assignment = new Assignment(fits, rights);
    for (int left = 0; left < fits.length; left++) {
      assignment.augment(left, new boolean[rights]);
    }
    int[] rightOf = new int[fits.length];
    Arrays.fill(rightOf, -1);
    for (int right = 0; right < rights; right++) {
      if (assignment.leftOf[right] >= 0) {
        rightOf[assignment.leftOf[right]] = right;
      }
    }
    return rightOf;
  }

  private boolean augment(int left, boolean[] tried) {
    for (int right = 0; right < leftOf.length; right++) {
      if (fits[left][right] && !tried[right]) {
        tried[right] = true;
        if (leftOf[right] < 0 || augment(leftOf[right], tried)) {
          leftOf[right] = left;
          return true;
        }
      }
    }
    return false;
  }
}
