package io.assay.assertion.eval;

import java.util.Arrays;

/**
 * As many pairs as there can be, each element in one at most: augmenting paths, in the order of the
 * left side, so that of equally good assignments the one that serves earlier elements is taken.
 */
final class Assignment {
  private final int[][] fits;
  private final int[] leftOf;

  /** The left element for which a right one was tried last. */
  private final int[] triedFor;

  private Assignment(int[][] fits, int rights) {
    this.fits = fits;
    this.leftOf = new int[rights];
    this.triedFor = new int[rights];
    Arrays.fill(leftOf, -1);
    Arrays.fill(triedFor, -1);
  }

  /**
   * @param fits for each left element the right ones that it fits
   * @return for each left element its right one; -1 where it has none
   */
  static int[] of(int[][] fits, int rights) {
    Assignment assignment = new Assignment(fits, rights);
    for (int left = 0; left < fits.length; left++) {
      assignment.augment(left, left);
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

  private boolean augment(int left, int start) {
    for (int right : fits[left]) {
      if (triedFor[right] != start) {
        triedFor[right] = start;
        if (leftOf[right] < 0 || augment(leftOf[right], start)) {
          leftOf[right] = left;
          return true;
        }
      }
    }
    return false;
  }
}
