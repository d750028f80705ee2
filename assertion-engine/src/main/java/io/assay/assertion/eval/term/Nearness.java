package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.rule.Subterms;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pairs a condition must be asked of: where it demands that two boxes overlap, or that their
 * centres are near, no pair that lies apart can meet it.
 *
 * <p>It leaves out only pairs for which the condition is false: the demand is one of the terms
 * joined by {@code &&}, which is false for them whatever the others are or fail to be. A box that
 * is missing may lie anywhere, so that the pair is asked and says why it has no answer.
 */
public final class Nearness {
  private final Optional<Demand> demand;

  private Nearness(Optional<Demand> demand) {
    this.demand = demand;
  }

  /** How a box is read from each side, and what must be near. */
  private record Demand(ReferenceTerm ofAsked, Slot listed, ReferenceTerm ofListed, Reach reach) {
    Zone asked(Frame frame) {
      try {
        return reach.zone(ofAsked.value(frame));
      } catch (NoValue e) {
        return Zone.ANYWHERE;
      }
    }

    Zone listed(Frame frame, Object element) {
      try {
        listed.put(frame, element);
        return reach.zone(ofListed.value(frame));
      } catch (NoValue e) {
        return Zone.ANYWHERE;
      }
    }
  }

  /** What is near a box: what overlaps with it, or what has its centre so near. */
  private sealed interface Reach {
    record Overlap() implements Reach {}

    record Centre(double apart) implements Reach {}

    default Zone zone(Object box) {
      return switch (this) {
        case Overlap ignored -> box instanceof Rect rect ? Zone.of(rect) : Zone.ANYWHERE;
        case Centre centre ->
            switch (box) {
              case Rect rect -> Zone.around(rect, centre.apart());
              case Cuboid cuboid -> Zone.around(cuboid, centre.apart());
              default -> Zone.ANYWHERE;
            };
      };
    }
  }

  /** A demand as it is written. */
  private record Found(Term left, Term right, Reach reach) {}

  /**
   * @param asked the variable of the box whose neighbours are looked for
   * @param listed the variable of the neighbours
   */
  public static Nearness of(TermCompiler compiler, Term condition, Local asked, Local listed) {
    return new Nearness(find(condition).flatMap(found -> demand(compiler, found, asked, listed)));
  }

  /** Whether a condition on the overlap of two boxes is false where they have none. */
  public static boolean demands(Term condition, Local overlap) {
    if (condition instanceof Term.Junction junction && junction.and()) {
      return demands(junction.left(), overlap) || demands(junction.right(), overlap);
    }
    return Limit.above(condition)
        .filter(
            limit ->
                limit.of() instanceof Term.Read read && read.local().index() == overlap.index())
        .isPresent();
  }

  private static Optional<Found> find(Term condition) {
    if (condition instanceof Term.Junction junction && junction.and()) {
      return find(junction.left()).or(() -> find(junction.right()));
    }
    return Limit.above(condition)
        .flatMap(limit -> overlap(limit.of()))
        .or(() -> Limit.below(condition).flatMap(limit -> distance(limit.of(), limit.value())));
  }

  private static Optional<Found> overlap(Term measure) {
    return measure instanceof Term.Call call
            && (call.overload().equals("iou_rect_rect")
                || call.overload().equals("overlap_rect_rect"))
        ? Optional.of(found(call, new Reach.Overlap()))
        : Optional.empty();
  }

  private static Optional<Found> distance(Term measure, double limit) {
    if (!(measure instanceof Term.Call call) || !Double.isFinite(limit)) {
      return Optional.empty();
    }
    Reach reach = new Reach.Centre(Math.max(0, limit));
    return switch (call.overload()) {
      case "distance_rect_rect", "distance_cuboid_cuboid" -> Optional.of(found(call, reach));
      case "distance_vector_vector" ->
          centred(call.arguments().get(0))
              .flatMap(a -> centred(call.arguments().get(1)).map(b -> new Found(a, b, reach)));
      default -> Optional.empty();
    };
  }

  private static Found found(Term.Call call, Reach reach) {
    return new Found(call.arguments().get(0), call.arguments().get(1), reach);
  }

  private static Optional<Term> centred(Term term) {
    return term instanceof Term.Call call && call.overload().equals("center_rect")
        ? Optional.of(call.arguments().getFirst())
        : Optional.empty();
  }

  /** Each side of it must be of one box, or it says nothing about where two lie. */
  private static Optional<Demand> demand(
      TermCompiler compiler, Found found, Local asked, Local listed) {
    boolean straight = isOf(found.left(), asked, listed) && isOf(found.right(), listed, asked);
    boolean turned = isOf(found.left(), listed, asked) && isOf(found.right(), asked, listed);
    if (!straight && !turned) {
      return Optional.empty();
    }
    return Optional.of(
        new Demand(
            compiler.value(straight ? found.left() : found.right()),
            Slot.of(compiler, listed),
            compiler.value(straight ? found.right() : found.left()),
            found.reach()));
  }

  private static boolean isOf(Term term, Local one, Local other) {
    return Subterms.reads(term, one) && !Subterms.reads(term, other);
  }

  /**
   * Of a list, those to ask.
   *
   * @param asked of how many others
   */
  public Nearby among(Frame frame, List<?> listed, int asked) {
    if (demand.isEmpty() || !Nearby.pays(listed.size(), asked)) {
      return Nearby.all(listed.size());
    }
    Demand by = demand.get();
    Zone[] zones = new Zone[listed.size()];
    for (int i = 0; i < zones.length; i++) {
      zones[i] = by.listed(frame, Objects.requireNonNull(listed.get(i)));
    }
    return Nearby.of(zones);
  }

  /** Looks for what is near the one that the frame holds. */
  public void seek(Frame frame, Nearby nearby) {
    if (demand.isPresent() && nearby.isSorted()) {
      nearby.seek(demand.get().asked(frame));
    }
  }
}
