package io.assay.assertion.eval;

import io.assay.assertion.rule.Span;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/** Whether checked expressions are the same but for where they stand: all that a record holds. */
final class SameTerms {
  private SameTerms() {}

  static boolean are(Object a, Object b) {
    if (a instanceof Optional<?> one && b instanceof Optional<?> other) {
      return one.isPresent() == other.isPresent() && (one.isEmpty() || are(one.get(), other.get()));
    }
    if (a instanceof List<?> some && b instanceof List<?> others) {
      boolean same = some.size() == others.size();
      for (int i = 0; same && i < some.size(); i++) {
        same = are(some.get(i), others.get(i));
      }
      return same;
    }
    if (a instanceof Span && b instanceof Span) {
      return true;
    }
    boolean alike = a instanceof Record && a.getClass() == b.getClass();
    return alike ? areParts(a, b) : a.equals(b);
  }

  private static boolean areParts(Object a, Object b) {
    for (RecordComponent part : a.getClass().getRecordComponents()) {
      try {
        if (!are(part.getAccessor().invoke(a), part.getAccessor().invoke(b))) {
          return false;
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a checked expression's parts are public", e);
      }
    }
    return true;
  }
}
