package io.assay.web.storage;

import java.util.Locale;

/** Sizes as people read them. */
public final class Bytes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Bytes() {}

  /** {@link #shown(double)} of a whole number. */
  public static String shown(long bytes) {
    return shown((double) bytes);
  }

  /** Three digits and a unit of thousands, as disks are sold: {@code 1.23 GB}. */
  public static String shown(double bytes) {
    double size = Math.abs(bytes);
    int unit = 0;
    while (size >= 999.5 && unit < UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    String digits = unit == 0 || size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
    return (bytes < 0 ? "−" : "") + String.format(Locale.ROOT, digits, size) + ' ' + UNITS[unit];
  }
}
