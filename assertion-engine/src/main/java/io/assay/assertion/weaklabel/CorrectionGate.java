package io.assay.assertion.weaklabel;

/**
 * When a correction may stand as a label: when it is surely enough right. On real data corrections
 * that nobody checked hurt as often as they help.
 *
 * <p>Reviewed: the lower bound of the precision's 90 % interval reaches {@link #least}. Estimated:
 * the estimate reaches it even after {@link #DOUBT} is taken off. Unknown: never.
 *
 * @param least the precision asked for, in 0 .. 1
 */
public record CorrectionGate(double least) {
  /** By how much the label model may be too high: what it is held to on real sleep stages. */
  public static final double DOUBT = 0.07;

  public CorrectionGate {
    if (!(least >= 0 && least <= 1)) {
      throw new IllegalArgumentException("a gate needs a precision in 0 .. 1, got " + least);
    }
  }

  /** At least four of five: eight good reviews of eight do not suffice, nine of nine do. */
  public static CorrectionGate usual() {
    return new CorrectionGate(0.8);
  }

  public boolean admits(Precision precision) {
    return switch (precision) {
      case Precision.Reviewed reviewed -> reviewed.interval().low() >= least;
      case Precision.Estimated estimated -> estimated.value() - DOUBT >= least;
      case Precision.Unknown ignored -> false;
    };
  }

  /** What a label made of it weighs, in 0 .. 1: how often it is right; 0 where it is not used. */
  public double weight(Precision precision) {
    return admits(precision) ? precision.share().orElse(0) : 0;
  }
}
