package io.assay.web.rates;

import java.util.Locale;
import java.util.OptionalDouble;

/** Shares as pages write them. */
public final class Percent {
  private Percent() {}

  /** With as many digits as a small one needs to differ from nothing. */
  public static String of(double share) {
    double percent = 100 * share;
    double size = Math.abs(percent);
    String form = size == 0 || size >= 1 ? "%.1f %%" : size >= 0.01 ? "%.2f %%" : "%.4f %%";
    return String.format(Locale.ROOT, form, percent);
  }

  /** Empty where there is none. */
  public static String of(OptionalDouble share) {
    return share.isPresent() ? of(share.getAsDouble()) : "";
  }
}
