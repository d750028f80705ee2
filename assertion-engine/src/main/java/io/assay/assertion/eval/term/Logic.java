package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.stream.Stream;

/** Conditions that decide without all of their parts. */
final class Logic {
  private Logic() {}

  static BoolTerm junction(TermCompiler compiler, Term.Junction junction) {
    BoolTerm left = compiler.bool(junction.left());
    BoolTerm right = compiler.bool(junction.right());
    return junction.and()
        ? frame -> decide(left, right, frame, false)
        : frame -> decide(left, right, frame, true);
  }

  /**
   * One side that has the deciding value decides, even where the other has none.
   *
   * @param deciding false for "and", true for "or"
   */
  private static boolean decide(BoolTerm left, BoolTerm right, Frame frame, boolean deciding) {
    boolean first;
    try {
      first = left.test(frame);
    } catch (NoValue e) {
      if (right.test(frame) == deciding) {
        return deciding;
      }
      throw e;
    }
    return first == deciding ? deciding : right.test(frame);
  }

  static Plan conditional(TermCompiler compiler, Term.Conditional term) {
    BoolTerm condition = compiler.bool(term.condition());
    Type type = term.type();
    if (type == Basic.BOOL) {
      BoolTerm then = compiler.bool(term.then());
      BoolTerm otherwise = compiler.bool(term.otherwise());
      return (BoolTerm) frame -> condition.test(frame) ? then.test(frame) : otherwise.test(frame);
    }
    if (type.isFloating()) {
      DoubleTerm then = compiler.number(term.then());
      DoubleTerm otherwise = compiler.number(term.otherwise());
      return (DoubleTerm)
          frame -> condition.test(frame) ? then.value(frame) : otherwise.value(frame);
    }
    if (compiler.isPrimitive(type)) {
      LongTerm then = compiler.whole(term.then());
      LongTerm otherwise = compiler.whole(term.otherwise());
      return (LongTerm) frame -> condition.test(frame) ? then.value(frame) : otherwise.value(frame);
    }
    ReferenceTerm then = side(compiler, type, term.then());
    ReferenceTerm otherwise = side(compiler, type, term.otherwise());
    return (ReferenceTerm)
        frame -> condition.test(frame) ? then.value(frame) : otherwise.value(frame);
  }

  private static ReferenceTerm side(TermCompiler compiler, Type type, Term term) {
    return type.equals(term.type()) ? compiler.value(term) : compiler.dynamic(term);
  }

  static BoolTerm whenPresent(TermCompiler compiler, Term.WhenPresent term) {
    BoolTerm condition = compiler.bool(term.condition());
    List<ReferenceTerm> read = reads(term.condition()).map(compiler::value).toList();
    return frame -> {
      try {
        return condition.test(frame) || anyIsMissing(read, frame);
      } catch (NoValue e) {
        if (e.isMissing()) {
          return true;
        }
        throw e;
      }
    };
  }

  /** Of each event or element, not of those that a macro goes over: they are a list's. */
  private static Stream<Term> reads(Term term) {
    return term instanceof Term.Select || term instanceof Term.Read
        ? Stream.of(term)
        : Evidence.parts(term).stream().flatMap(Logic::reads);
  }

  /** Comparisons with null and {@code &&} have a value where a field is missing. */
  private static boolean anyIsMissing(List<ReferenceTerm> read, Frame frame) {
    for (ReferenceTerm field : read) {
      try {
        if (field.value(frame) == None.NULL) {
          return true;
        }
      } catch (NoValue e) {
        if (e.isMissing()) {
          return true;
        }
      }
    }
    return false;
  }
}
