package io.assay.assertion.eval.term;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** CEL's macros over the elements of a list, or the keys of a map. */
final class Comprehensions {
  private Comprehensions() {}

  static Plan compile(TermCompiler compiler, Term.Comprehension term) {
    ReferenceTerm range = compiler.value(term.range());
    BoolTerm predicate = compiler.bool(term.predicate());
    Slot slot = Slot.of(compiler, term.variable());
    return switch (term.macro()) {
      case ALL -> (BoolTerm) frame -> any(frame, range, slot, predicate, false);
      case EXISTS -> (BoolTerm) frame -> any(frame, range, slot, predicate, true);
      case EXISTS_ONE -> (BoolTerm) frame -> one(frame, range, slot, predicate);
      case FILTER -> (ReferenceTerm) frame -> filter(frame, range, slot, predicate);
      case MAP -> {
        boolean mixed = term.type() instanceof Type.ListOf of && of.element() == Basic.DYN;
        ReferenceTerm result =
            mixed ? compiler.dynamic(term.result()) : compiler.value(term.result());
        yield (ReferenceTerm) frame -> map(frame, range, slot, predicate, result);
      }
    };
  }

  static Collection<?> elements(Object range) {
    return switch (range) {
      case List<?> list -> list;
      case Map<?, ?> map -> map.keySet();
      default -> throw Boxing.unexpected("a list or a map", range);
    };
  }

  /** An element that has the deciding value decides; else one without a value leaves none. */
  private static boolean any(
      Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate, boolean deciding) {
    @Nullable NoValue open = null;
    for (Object element : elements(range.value(frame))) {
      try {
        slot.put(frame, Objects.requireNonNull(element));
        if (predicate.test(frame) == deciding) {
          return deciding;
        }
      } catch (NoValue e) {
        open = e;
      }
    }
    if (open != null) {
      throw open;
    }
    return !deciding;
  }

  private static boolean one(Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate) {
    int found = 0;
    for (Object element : elements(range.value(frame))) {
      slot.put(frame, Objects.requireNonNull(element));
      if (predicate.test(frame)) {
        found++;
      }
    }
    return found == 1;
  }

  private static List<Object> filter(
      Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate) {
    List<Object> kept = new ArrayList<>();
    for (Object element : elements(range.value(frame))) {
      slot.put(frame, Objects.requireNonNull(element));
      if (predicate.test(frame)) {
        kept.add(element);
      }
    }
    return kept;
  }

  private static List<Object> map(
      Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate, ReferenceTerm result) {
    List<Object> results = new ArrayList<>();
    for (Object element : elements(range.value(frame))) {
      slot.put(frame, Objects.requireNonNull(element));
      if (predicate.test(frame)) {
        results.add(result.value(frame));
      }
    }
    return results;
  }
}
