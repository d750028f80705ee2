package io.assay.imputation.net;

/**
 * e to the power of floats, 0 and below, to about one place of a float: of the same bits on every
 * machine, which {@link Math#exp} is not, and in loops that are vectorised, which {@link
 * StrictMath#exp} is not.
 */
public final class Exponential {
  private static final float LOG2_E = (float) 1.44269504;

  /** ln 2, in two parts, so that what is left of a number is exact. */
  private static final float LN2_HIGH = (float) 0.693359375;

  private static final float LN2_LOW = (float) -2.12194440e-4;
  private static final float LEAST = -87f;

  private Exponential() {}

  /**
   * The power of one number.
   *
   * @param x 0 or less; what is below -87 is taken as that
   */
  public static float of(float x) {
    float bounded = Math.max(x, LEAST);
    int power = (int) (bounded * LOG2_E - 0.5f);
    float rest = bounded - power * LN2_HIGH - power * LN2_LOW;
    float series = (float) 1.9875691500e-4;
    series = series * rest + (float) 1.3981999507e-3;
    series = series * rest + (float) 8.3334519073e-3;
    series = series * rest + (float) 4.1665795894e-2;
    series = series * rest + (float) 1.6666665459e-1;
    series = series * rest + (float) 5.0000001201e-1;
    float value = series * rest * rest + rest + 1;
    return value * Float.intBitsToFloat((power + 127) << 23);
  }
}
