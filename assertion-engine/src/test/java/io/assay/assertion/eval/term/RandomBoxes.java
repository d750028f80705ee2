package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Boxes as models report them, the wrong ones among them; the same for the same seed. */
public final class RandomBoxes {
  private static final double[] ODD = {
    0,
    -0.0,
    1,
    -1,
    1e-300,
    -1e-300,
    1e9,
    -1e9,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private final SplittableRandom random;

  public RandomBoxes(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Most of them alike, spread so that some overlap; ties are frequent. */
  public Rect rect() {
    return switch (random.nextInt(20)) {
      case 0 -> new Rect(odd(), odd(), odd(), odd());
      case 1 -> new Rect(place(), place(), 0, random.nextInt(30));
      case 2 -> new Rect(place(), place(), -random.nextInt(30), 20);
      case 3 -> new Rect(0, 0, 0, 0);
      case 4 -> new Rect(place(), place(), 1e6, 10);
      case 5 -> new Rect(random.nextDouble() * 1e6, -random.nextDouble() * 1e6, 40, 40);
      case 6 -> new Rect(100, 100, 40, 40);
      case 7 -> new Rect(random.nextDouble() * 300, random.nextDouble() * 300, 33.3, 12.7);
      default -> new Rect(place(), place(), 40, 20 + 10 * random.nextInt(3));
    };
  }

  public List<Rect> rects(int count) {
    List<Rect> rects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rects.add(rect());
    }
    return rects;
  }

  public Cuboid cuboid() {
    double x = random.nextInt(10) == 0 ? odd() : random.nextInt(20);
    double z = random.nextInt(10) == 0 ? odd() : random.nextInt(80) / 2.0;
    return new Cuboid(x, 1, z, 1.5, 1.8, 4.2, 0);
  }

  public int size() {
    return random.nextInt(80);
  }

  public boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  private double place() {
    return 10 * random.nextInt(30);
  }

  private double odd() {
    return ODD[random.nextInt(ODD.length)];
  }
}
