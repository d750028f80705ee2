package io.assay.simulate;

/**
 * What is simulated.
 *
 * @param vehicles cars with sensors, each on a street of its own; their keys are v1, v2, …
 * @param start epoch milliseconds of the first frame; its hour in UTC decides between day and night
 * @param frames per vehicle, 10 a second; {@link #ENDLESS} for no end
 * @param imagePrefix what stands before {@code v1/000001.png} in an event's image_url
 */
public record StreetSettings(long seed, int vehicles, long start, int frames, String imagePrefix) {
  public static final int ENDLESS = Integer.MAX_VALUE;

  public StreetSettings {
    if (vehicles < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "a street needs a vehicle and a frame or more, got vehicles="
              + vehicles
              + " frames="
              + frames);
    }
  }
}
