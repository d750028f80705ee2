package io.assay.simulate;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same on every machine: a fixed algorithm, and StrictMath where a
 * function is needed.
 */
final class Draws {
  private static final double UNIT = 0x1.0p-53;

  private final SplittableRandom random;

  Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  double unit() {
    return (random.nextLong() >>> 11) * UNIT;
  }

  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  int below(int bound) {
    return (int) (unit() * bound);
  }

  /** From the standard normal distribution, by Box and Muller. */
  double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * StrictMath.PI * unit());
  }

  /** A number in [0, 1) that belongs to a place: the same whenever the place is asked. */
  static double at(long seed, long place, long aspect) {
    long h = mix(seed + 0x9E3779B97F4A7C15L * (place + 1));
    return (mix(h ^ (0xD1B54A32D192ED03L * (aspect + 1))) >>> 11) * UNIT;
  }

  /** A seed for something that needs a stream of its own. */
  static long seed(long seed, long number) {
    return mix(seed ^ mix(number + 0x632BE59BD9B4E019L));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
