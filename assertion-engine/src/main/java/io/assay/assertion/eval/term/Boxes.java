package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.StreamType.ImageSize;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Boxes in the image plane. All lengths are pixels. */
final class Boxes {
  private Boxes() {}

  static void register(Functions.Registry to) {
    to.put(
        "rect_double",
        (compiler, terms) -> {
          DoubleTerm x = compiler.number(terms.get(0));
          DoubleTerm y = compiler.number(terms.get(1));
          DoubleTerm width = compiler.number(terms.get(2));
          DoubleTerm height = compiler.number(terms.get(3));
          return (ReferenceTerm)
              frame ->
                  new Rect(x.value(frame), y.value(frame), width.value(frame), height.value(frame));
        });
    two(to, "iou_rect_rect", Rect::iou);
    two(to, "overlap_rect_rect", Boxes::overlap);
    two(to, "distance_rect_rect", Boxes::distance);
    to.put(
        "contains_rect_rect",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          ReferenceTerm b = compiler.value(terms.get(1));
          return (BoolTerm) frame -> contains(rect(a, frame), rect(b, frame));
        });
    one(to, "area_rect", Rect::area);
    one(to, "x_rect", Rect::x);
    one(to, "y_rect", Rect::y);
    one(to, "width_rect", Rect::width);
    one(to, "height_rect", Rect::height);
    to.put(
        "center_rect",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          return (ReferenceTerm) frame -> center(rect(a, frame));
        });
    to.put("interpolate_rect", Boxes::between);
    to.put("distance_vector_vector", (compiler, terms) -> vectors(compiler, terms));
    to.put("distance_dyn", Boxes::anyDistance);
    to.put("interpolate_dyn", Boxes::anyBetween);
    to.put("touches_border_rect", (compiler, terms) -> border(compiler, terms, frame -> 0));
    to.put(
        "touches_border_rect_double",
        (compiler, terms) -> border(compiler, terms, compiler.number(terms.get(1))));
  }

  static Rect rect(ReferenceTerm term, Frame frame) {
    if (term.value(frame) instanceof Rect rect) {
      return rect;
    }
    throw NoValue.missing("a box is missing");
  }

  private static void two(
      Functions.Registry to, String name, ToDoubleBiFunction<Rect, Rect> function) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          ReferenceTerm b = compiler.value(terms.get(1));
          return (DoubleTerm) frame -> function.applyAsDouble(rect(a, frame), rect(b, frame));
        });
  }

  private static void one(Functions.Registry to, String name, ToDoubleFunction<Rect> function) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm a = compiler.value(terms.get(0));
          return (DoubleTerm) frame -> function.applyAsDouble(rect(a, frame));
        });
  }

  private static double overlap(Rect a, Rect b) {
    double width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    double height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    double smaller = Math.min(a.area(), b.area());
    return width <= 0 || height <= 0 || smaller <= 0 ? 0 : width * height / smaller;
  }

  private static boolean contains(Rect outer, Rect inner) {
    return inner.x() >= outer.x()
        && inner.y() >= outer.y()
        && inner.x() + inner.width() <= outer.x() + outer.width()
        && inner.y() + inner.height() <= outer.y() + outer.height();
  }

  private static ReferenceTerm between(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm from = compiler.value(terms.get(0));
    ReferenceTerm until = compiler.value(terms.get(1));
    DoubleTerm share = compiler.number(terms.get(2));
    return frame -> between(rect(from, frame), rect(until, frame), share.value(frame));
  }

  private static Rect between(Rect a, Rect b, double share) {
    return new Rect(
        Numbers.between(a.x(), b.x(), share),
        Numbers.between(a.y(), b.y(), share),
        Numbers.between(a.width(), b.width(), share),
        Numbers.between(a.height(), b.height(), share));
  }

  private static ReferenceTerm anyBetween(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm from = compiler.dynamic(terms.get(0));
    ReferenceTerm until = compiler.dynamic(terms.get(1));
    DoubleTerm share = compiler.number(terms.get(2));
    return frame -> {
      Object a = from.value(frame);
      Object b = until.value(frame);
      return a instanceof Rect left && b instanceof Rect right
          ? between(left, right, share.value(frame))
          : (Object) Numbers.between(Boxing.number(a), Boxing.number(b), share.value(frame));
    };
  }

  private static ReferenceTerm anyDistance(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm a = compiler.dynamic(terms.get(0));
    ReferenceTerm b = compiler.dynamic(terms.get(1));
    return frame -> {
      Object left = a.value(frame);
      Object right = b.value(frame);
      return switch (left) {
        case Rect box when right instanceof Rect other -> distance(box, other);
        case Cuboid box when right instanceof Cuboid other -> Cameras.distance(box, other);
        case double[] vector when right instanceof double[] other -> distance(vector, other);
        default -> throw Boxing.unexpected("two boxes or two vectors", left);
      };
    };
  }

  private static double[] center(Rect rect) {
    return new double[] {rect.x() + rect.width() / 2, rect.y() + rect.height() / 2};
  }

  private static double distance(Rect a, Rect b) {
    return Math.hypot(
        a.x() + a.width() / 2 - b.x() - b.width() / 2,
        a.y() + a.height() / 2 - b.y() - b.height() / 2);
  }

  private static DoubleTerm vectors(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm a = compiler.value(terms.get(0));
    ReferenceTerm b = compiler.value(terms.get(1));
    return frame -> distance(vector(a.value(frame)), vector(b.value(frame)));
  }

  private static double distance(double[] left, double[] right) {
    if (left.length != right.length) {
      throw NoValue.failed(
          "distance of vectors of %d and %d numbers".formatted(left.length, right.length));
    }
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      double step = left[i] - right[i];
      sum += step * step;
    }
    return Math.sqrt(sum);
  }

  static double[] vector(Object value) {
    if (value instanceof double[] vector) {
      return vector;
    }
    throw Boxing.unexpected("a vector", value);
  }

  private static BoolTerm border(TermCompiler compiler, List<Term> terms, DoubleTerm margin) {
    Optional<ImageSize> size = compiler.imageSize();
    if (size.isEmpty()) {
      return frame -> false;
    }
    ReferenceTerm box = compiler.value(terms.get(0));
    int width = size.get().width();
    int height = size.get().height();
    return frame -> {
      Rect rect = rect(box, frame);
      double within = margin.value(frame);
      return rect.x() <= within
          || rect.y() <= within
          || rect.x() + rect.width() >= width - within
          || rect.y() + rect.height() >= height - within;
    };
  }
}
