package io.assay.assertion.eval.term;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
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
      case EXISTS_ONE -> (BoolTerm) frame -> count(frame, range, slot, predicate) == 1;
      case FILTER -> (ReferenceTerm) frame -> filter(frame, range, slot, predicate);
      case MAP -> {
        boolean mixed = term.type() instanceof Type.ListOf of && of.element() == Basic.DYN;
        ReferenceTerm result =
            mixed ? compiler.dynamic(term.result()) : compiler.value(term.result());
        yield (ReferenceTerm) frame -> map(frame, range, slot, predicate, result);
      }
    };
  }

  /** {@code list.filter(e, …).size()} without the list that would only be counted. */
  static LongTerm count(TermCompiler compiler, Term.Comprehension filter) {
    ReferenceTerm range = compiler.value(filter.range());
    BoolTerm predicate = compiler.bool(filter.predicate());
    Slot slot = Slot.of(compiler, filter.variable());
    return frame -> count(frame, range, slot, predicate);
  }

  /** Lists are walked by index: no iterator on the way of every event. */
  private static List<?> elements(Object range) {
    return switch (range) {
      case List<?> list -> list;
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      default -> throw Boxing.unexpected("a list or a map", range);
    };
  }

  /** An element that has the deciding value decides; else one without a value leaves none. */
  private static boolean any(
      Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate, boolean deciding) {
    @Nullable NoValue open = null;
    List<?> elements = elements(range.value(frame));
    for (int i = 0; i < elements.size(); i++) {
      try {
        slot.put(frame, Objects.requireNonNull(elements.get(i)));
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

  private static long count(Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate) {
    long found = 0;
    List<?> elements = elements(range.value(frame));
    for (int i = 0; i < elements.size(); i++) {
      slot.put(frame, Objects.requireNonNull(elements.get(i)));
      if (predicate.test(frame)) {
        found++;
      }
    }
    return found;
  }

  private static List<Object> filter(
      Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate) {
    List<Object> kept = new ArrayList<>();
    List<?> elements = elements(range.value(frame));
    for (int i = 0; i < elements.size(); i++) {
      Object element = Objects.requireNonNull(elements.get(i));
      slot.put(frame, element);
      if (predicate.test(frame)) {
        kept.add(element);
      }
    }
    return kept;
  }

  private static List<Object> map(
      Frame frame, ReferenceTerm range, Slot slot, BoolTerm predicate, ReferenceTerm result) {
    List<?> elements = elements(range.value(frame));
    List<Object> results = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      slot.put(frame, Objects.requireNonNull(elements.get(i)));
      if (predicate.test(frame)) {
        results.add(result.value(frame));
      }
    }
    return results;
  }
}
