package io.assay.simulate;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Sky and light.
 *
 * @param daylight 0 in the night, 1 in full day
 */
record Weather(Sky sky, double daylight) {
  private static final long SPELL_SECONDS = 150;

  enum Sky {
    CLEAR,
    CLOUDY,
    RAIN;

    String label() {
      return switch (this) {
        case CLEAR -> "clear";
        case CLOUDY -> "cloudy";
        case RAIN -> "rain";
      };
    }
  }

  /** The sky changes every few minutes, the light with the hour in UTC. */
  static Weather of(long seed, long at, double elapsedSeconds) {
    long spell = (long) (elapsedSeconds / SPELL_SECONDS);
    double draw = Draws.at(seed, spell, 5);
    Sky sky = draw < 0.5 ? Sky.CLEAR : draw < 0.75 ? Sky.CLOUDY : Sky.RAIN;
    return new Weather(sky, daylight(at));
  }

  /**
   * Dark from 21 to 6, as the word "night" is commonly used in rules; an hour and a half of
   * twilight.
   */
  private static double daylight(long at) {
    double hour =
        Instant.ofEpochMilli(at).atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3600.0;
    double light = hour < 12 ? (hour - 6) / 1.5 : (21 - hour) / 1.5;
    return Math.clamp(light, 0.0, 1.0);
  }

  boolean night() {
    return daylight == 0;
  }
}
