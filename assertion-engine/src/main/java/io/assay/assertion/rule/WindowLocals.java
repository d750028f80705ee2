package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what is of one event (element, pair) from what is of a whole window. */
final class WindowLocals {
  /** Names that windows give. */
  static final Set<String> GIVEN = Set.of("count", "start", "end", "pairs");

  private final Scope base;
  private final Set<Integer> ofWindow = new HashSet<>();
  private final Set<Integer> segments = new HashSet<>();

  /** {@code base}: the scope of single events; its variables are of these. */
  WindowLocals(Scope base) {
    this.base = base;
  }

  void ofWindow(Local local) {
    ofWindow.add(local.index());
  }

  /** The value of a segment is the same for all its events: it is of both. */
  void segment(Local local) {
    segments.add(local.index());
  }

  boolean isOfWindow(Local local) {
    return ofWindow.contains(local.index())
        || (GIVEN.contains(local.name()) && isGiven(local) && !isOfEvent(local));
  }

  private boolean isGiven(Local local) {
    return base.given().stream().anyMatch(given -> given.index() == local.index());
  }

  boolean isOfWindow(Term term) {
    return Subterms.reads(term).anyMatch(this::isOfWindow);
  }

  /** A variable of a macro around it is neither. */
  boolean isKnown(Local local) {
    return segments.contains(local.index()) || isOfWindow(local) || isOfEvent(local);
  }

  private boolean isOfEvent(Local local) {
    boolean event = base.event().filter(e -> e.index() == local.index()).isPresent();
    boolean declared =
        !base.locals(known -> known.index() == local.index() && !ofWindow.contains(local.index()))
            .isEmpty();
    boolean beside = isGiven(local) && base.isTruth(local.name());
    return !segments.contains(local.index()) && (event || declared || beside);
  }

  /** The variables that it reads and does not bind itself. */
  static Stream<Local> free(Term term) {
    Set<Integer> bound = new HashSet<>();
    bind(term, bound);
    return Subterms.reads(term).filter(local -> !bound.contains(local.index()));
  }

  private static void bind(Term term, Set<Integer> bound) {
    switch (term) {
      case Term.Comprehension comprehension -> bound.add(comprehension.variable().index());
      case Term.Clusters clusters -> {
        bound.add(clusters.a().index());
        bound.add(clusters.b().index());
      }
      default -> {}
    }
    Subterms.of(term).forEach(part -> bind(part, bound));
  }

  /** The first part of an expression that is of one event, though a whole window is judged. */
  Optional<Term> ofOneEvent(Term term) {
    Optional<Local> root = root(term);
    if (root.isPresent()) {
      return root.filter(this::isOfEvent).map(local -> term);
    }
    return Subterms.of(term).stream().flatMap(part -> ofOneEvent(part).stream()).findFirst();
  }

  private static Optional<Local> root(Term term) {
    return switch (term) {
      case Term.Read read -> Optional.of(read.local());
      case Term.Select select -> root(select.target());
      default -> Optional.empty();
    };
  }

  /** How the text calls it: {@code features.income}. */
  static String nameOf(Term term) {
    return switch (term) {
      case Term.Select select ->
          select.target() instanceof Term.Read read && isEvent(read.local())
              ? select.field().name()
              : nameOf(select.target()) + "." + select.field().name();
      case Term.Read read -> read.local().name();
      default -> "this";
    };
  }

  private static boolean isEvent(Local local) {
    return local.type() instanceof StructType struct && struct.name().equals(local.name());
  }
}
