package io.assay.simulate;

import java.awt.Color;

/**
 * How the weather colours things: ambient light, haze with distance, the own headlights at night.
 */
final class Light {
  private static final double HEADLIGHT_REACH = 17;

  private final double red;
  private final double green;
  private final double blue;
  private final double haze;
  private final Color horizon;
  private final Color zenith;
  private final double dark;

  Light(Weather weather) {
    double day = weather.daylight();
    double[] noon =
        switch (weather.sky()) {
          case CLEAR -> new double[] {1.0, 0.99, 0.96};
          case CLOUDY -> new double[] {0.86, 0.88, 0.91};
          case RAIN -> new double[] {0.68, 0.71, 0.76};
        };
    double[] night = {0.20, 0.22, 0.31};
    red = mix(night[0], noon[0], day);
    green = mix(night[1], noon[1], day);
    blue = mix(night[2], noon[2], day);
    dark = 1 - day;
    haze =
        switch (weather.sky()) {
          case CLEAR -> 240;
          case CLOUDY -> 170;
          case RAIN -> 85;
        };
    boolean clear = weather.sky() == Weather.Sky.CLEAR;
    Color dayZenith =
        clear
            ? new Color(72, 134, 206)
            : weather.sky() == Weather.Sky.RAIN
                ? new Color(120, 129, 139)
                : new Color(150, 164, 178);
    Color dayHorizon =
        clear
            ? new Color(208, 226, 238)
            : weather.sky() == Weather.Sky.RAIN
                ? new Color(172, 178, 184)
                : new Color(214, 220, 225);
    Color duskZenith = new Color(58, 62, 104);
    Color duskHorizon = clear ? new Color(240, 168, 112) : new Color(160, 140, 140);
    Color nightZenith = new Color(9, 12, 27);
    Color nightHorizon = new Color(38, 42, 62);
    zenith =
        day < 0.5
            ? blend(nightZenith, duskZenith, day * 2)
            : blend(duskZenith, dayZenith, day * 2 - 1);
    horizon =
        day < 0.5
            ? blend(nightHorizon, duskHorizon, day * 2)
            : blend(duskHorizon, dayHorizon, day * 2 - 1);
  }

  /** 0 in full day, 1 in the night. */
  double dark() {
    return dark;
  }

  Color zenith() {
    return zenith;
  }

  Color horizon() {
    return horizon;
  }

  /**
   * A surface as it looks.
   *
   * @param shade brightness by the surface's direction, 1 for one that faces the light
   */
  Color on(Color base, double distance, double shade) {
    double own = dark * 0.75 * StrictMath.exp(-distance / HEADLIGHT_REACH);
    double clear = StrictMath.exp(-distance / haze);
    return new Color(
        channel(base.getRed(), shade * (red + own), horizon.getRed(), clear),
        channel(base.getGreen(), shade * (green + own * 0.94), horizon.getGreen(), clear),
        channel(base.getBlue(), shade * (blue + own * 0.8), horizon.getBlue(), clear),
        base.getAlpha());
  }

  /** Something that shines by itself: haze alone dims it. */
  Color shining(Color base, double distance) {
    return blend(horizon, base, StrictMath.exp(-distance / (haze * 2)));
  }

  static Color blend(Color from, Color to, double share) {
    return new Color(
        (int) mix(from.getRed(), to.getRed(), share),
        (int) mix(from.getGreen(), to.getGreen(), share),
        (int) mix(from.getBlue(), to.getBlue(), share));
  }

  static Color alpha(Color base, double alpha) {
    return new Color(
        base.getRed(), base.getGreen(), base.getBlue(), (int) (255 * Math.clamp(alpha, 0, 1)));
  }

  private static int channel(int base, double factor, int hazeColour, double clear) {
    return (int) Math.clamp(mix(hazeColour, base * factor, clear), 0, 255);
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
