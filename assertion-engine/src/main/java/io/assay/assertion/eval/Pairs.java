package io.assay.assertion.eval;

import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import java.util.List;

/** Which elements of two lists of one moment belong together. */
final class Pairs {
  final Kind.Pairing pairing;
  private final boolean[][] fits;

  /** Elements of which it cannot be told whether they fit some other. */
  private final boolean[] doubtfulLeft;

  private final boolean[] doubtfulRight;

  private Pairs(Kind.Pairing pairing, int lefts, int rights) {
    this.pairing = pairing;
    this.fits = new boolean[lefts][rights];
    this.doubtfulLeft = new boolean[lefts];
    this.doubtfulRight = new boolean[rights];
  }

  static Pairs of(
      Kind.Pairing pairing,
      BoolTerm where,
      Frame frame,
      Local left,
      List<?> lefts,
      Local right,
      List<?> rights) {
    Pairs pairs = new Pairs(pairing, lefts.size(), rights.size());
    for (int i = 0; i < lefts.size(); i++) {
      frame.setReference(left, lefts.get(i));
      for (int j = 0; j < rights.size(); j++) {
        frame.setReference(right, rights.get(j));
        try {
          pairs.fits[i][j] = where.test(frame);
        } catch (NoValue e) {
          pairs.doubtfulLeft[i] = true;
          pairs.doubtfulRight[j] = true;
        }
      }
    }
    return pairs;
  }

  /** Keeps a best assignment of one to one. */
  Pairs oneToOne() {
    int[] rightOf = Assignment.of(fits, doubtfulRight.length);
    Pairs best = new Pairs(pairing, doubtfulLeft.length, doubtfulRight.length);
    for (int i = 0; i < rightOf.length; i++) {
      if (rightOf[i] >= 0) {
        best.fits[i][rightOf[i]] = true;
      }
    }
    System.arraycopy(doubtfulLeft, 0, best.doubtfulLeft, 0, doubtfulLeft.length);
    System.arraycopy(doubtfulRight, 0, best.doubtfulRight, 0, doubtfulRight.length);
    return best;
  }

  boolean fit(int left, int right) {
    return fits[left][right];
  }

  int lefts() {
    return doubtfulLeft.length;
  }

  int rights() {
    return doubtfulRight.length;
  }

  boolean concerns(int side) {
    return pairing.left() == side || pairing.right() == side;
  }

  boolean isMatched(int side, int element) {
    if (pairing.left() == side) {
      for (boolean fit : fits[element]) {
        if (fit) {
          return true;
        }
      }
      return false;
    }
    for (boolean[] row : fits) {
      if (row[element]) {
        return true;
      }
    }
    return false;
  }

  boolean isDoubtful(int side, int element) {
    return pairing.left() == side ? doubtfulLeft[element] : doubtfulRight[element];
  }
}
