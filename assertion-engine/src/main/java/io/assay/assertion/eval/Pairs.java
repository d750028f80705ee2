package io.assay.assertion.eval;

import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.Nearby;
import io.assay.assertion.eval.term.Nearness;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import java.util.Arrays;
import java.util.List;

/** Which elements of two lists of one moment belong together. */
final class Pairs {
  private static final int[] NONE = {};

  final Kind.Pairing pairing;

  /** For each left element the right ones that it fits, in their order. */
  private final int[][] fits;

  private final boolean[] matchedRight;

  /** Elements of which it cannot be told whether they fit some other. */
  private final boolean[] doubtfulLeft;

  private final boolean[] doubtfulRight;

  private Pairs(
      Kind.Pairing pairing, int[][] fits, boolean[] doubtfulLeft, boolean[] doubtfulRight) {
    this.pairing = pairing;
    this.fits = fits;
    this.doubtfulLeft = doubtfulLeft;
    this.doubtfulRight = doubtfulRight;
    this.matchedRight = new boolean[doubtfulRight.length];
    for (int[] rights : fits) {
      for (int right : rights) {
        matchedRight[right] = true;
      }
    }
  }

  /**
   * @param near of the condition, asked from the left
   */
  static Pairs of(
      Kind.Pairing pairing,
      BoolTerm where,
      Nearness near,
      Frame frame,
      Local left,
      List<?> lefts,
      Local right,
      List<?> rights) {
    boolean[] doubtfulLeft = new boolean[lefts.size()];
    boolean[] doubtfulRight = new boolean[rights.size()];
    int[][] fits = new int[lefts.size()][];
    int[] found = new int[rights.size()];
    Nearby nearby = near.among(frame, rights, lefts.size());
    for (int i = 0; i < fits.length; i++) {
      frame.setReference(left, lefts.get(i));
      near.seek(frame, nearby);
      int count = 0;
      for (int j = nearby.next(-1); j >= 0; j = nearby.next(j)) {
        frame.setReference(right, rights.get(j));
        try {
          if (where.test(frame)) {
            found[count++] = j;
          }
        } catch (NoValue e) {
          doubtfulLeft[i] = true;
          doubtfulRight[j] = true;
        }
      }
      fits[i] = count == 0 ? NONE : Arrays.copyOf(found, count);
    }
    return new Pairs(pairing, fits, doubtfulLeft, doubtfulRight);
  }

  /** Keeps a best assignment of one to one. */
  Pairs oneToOne() {
    int[] rightOf = Assignment.of(fits, doubtfulRight.length);
    int[][] best = new int[fits.length][];
    for (int i = 0; i < best.length; i++) {
      best[i] = rightOf[i] < 0 ? NONE : new int[] {rightOf[i]};
    }
    return new Pairs(pairing, best, doubtfulLeft, doubtfulRight);
  }

  int lefts() {
    return doubtfulLeft.length;
  }

  /** The right elements that a left one fits, in their order. */
  int[] rightsOf(int left) {
    return fits[left];
  }

  boolean concerns(int side) {
    return pairing.left() == side || pairing.right() == side;
  }

  boolean isMatched(int side, int element) {
    return pairing.left() == side ? fits[element].length > 0 : matchedRight[element];
  }

  boolean isDoubtful(int side, int element) {
    return pairing.left() == side ? doubtfulLeft[element] : doubtfulRight[element];
  }
}
