package io.assay.assertion.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers that look random and are the same in every run, on every machine and under every Java: a
 * function of a seed and an index (SplitMix64, Steele and others, OOPSLA 2014).
 */
record Chance(long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  static Chance of(String seed) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return new Chance(ByteBuffer.wrap(hash).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** In 0 .. 1 without 1. */
  double uniform(long index) {
    return draw(2 * index);
  }

  /** Of mean 0 and deviation 1 (Box and Muller). */
  double normal(long index) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - draw(2 * index)));
    return radius * StrictMath.cos(2 * Math.PI * draw(2 * index + 1));
  }

  private double draw(long number) {
    long z = seed + (number + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
