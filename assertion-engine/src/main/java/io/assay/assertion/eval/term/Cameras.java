package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Objects;

/** Boxes in space, and what a calibrated camera sees of them. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without stack traces, part of evaluation
final class Cameras {
  /** A projection has three rows of four. */
  static final int NUMBERS = 12;

  private static final NoValue BEHIND =
      NoValue.failed("a corner of the cuboid is not in front of the camera");

  private Cameras() {}

  static void register(Functions.Registry to) {
    to.put("cuboid_double", Cameras::cuboid);
    to.put("project_cuboid", Cameras::project);
    to.put(
        "distance_cuboid_cuboid",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          ReferenceTerm b = compiler.value(terms.get(1));
          return (DoubleTerm) frame -> distance(cuboid(a.value(frame)), cuboid(b.value(frame)));
        });
  }

  private static ReferenceTerm cuboid(TermCompiler compiler, List<Term> terms) {
    DoubleTerm[] parts = terms.stream().map(compiler::number).toArray(DoubleTerm[]::new);
    return frame ->
        new Cuboid(
            parts[0].value(frame),
            parts[1].value(frame),
            parts[2].value(frame),
            parts[3].value(frame),
            parts[4].value(frame),
            parts[5].value(frame),
            parts[6].value(frame));
  }

  private static Cuboid cuboid(Object value) {
    if (value instanceof Cuboid cuboid) {
      return cuboid;
    }
    throw Boxing.unexpected("a cuboid", value);
  }

  static double distance(Cuboid a, Cuboid b) {
    return Math.hypot(Math.hypot(a.x() - b.x(), a.y() - b.y()), a.z() - b.z());
  }

  private static ReferenceTerm project(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm box = compiler.value(terms.get(0));
    ReferenceTerm matrix = compiler.value(terms.get(1));
    if (!Constants.isConstant(terms.get(1))) {
      return frame -> project(cuboid(box.value(frame)), numbers(matrix.value(frame)));
    }
    try {
      double[] fixed = numbers(matrix.value(new Frame(0)));
      return frame -> project(cuboid(box.value(frame)), fixed);
    } catch (NoValue none) {
      return frame -> {
        throw none;
      };
    }
  }

  private static double[] numbers(Object value) {
    double[] numbers =
        Aggregates.list(value).stream()
            .mapToDouble(number -> Boxing.number(Objects.requireNonNull(number)))
            .toArray();
    if (numbers.length != NUMBERS) {
      throw NoValue.failed(
          "a calibration has %d numbers, got %d".formatted(NUMBERS, numbers.length));
    }
    return numbers;
  }

  /** The least rect around the images of the eight corners. */
  static Rect project(Cuboid box, double[] p) {
    double cos = Math.cos(box.yaw());
    double sin = Math.sin(box.yaw());
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 8; corner++) {
      double along = (corner & 1) == 0 ? box.length() / 2 : -box.length() / 2;
      double down = (corner & 2) == 0 ? box.height() / 2 : -box.height() / 2;
      double across = (corner & 4) == 0 ? box.width() / 2 : -box.width() / 2;
      double x = box.x() + cos * along + sin * across;
      double y = box.y() + down;
      double z = box.z() - sin * along + cos * across;
      double depth = p[8] * x + p[9] * y + p[10] * z + p[11];
      if (!(depth > 0)) {
        throw BEHIND;
      }
      double u = (p[0] * x + p[1] * y + p[2] * z + p[3]) / depth;
      double v = (p[4] * x + p[5] * y + p[6] * z + p[7]) / depth;
      left = Math.min(left, u);
      right = Math.max(right, u);
      top = Math.min(top, v);
      bottom = Math.max(bottom, v);
    }
    return new Rect(left, top, right - left, bottom - top);
  }
}
