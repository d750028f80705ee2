package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Local;

/** Puts a boxed value into a variable, in the form of the variable's type. */
@FunctionalInterface
interface Slot {
  void put(Frame frame, Object value);

  static Slot of(TermCompiler compiler, Local local) {
    int index = local.index();
    if (!compiler.isPrimitive(local.type())) {
      return (frame, value) -> frame.setReference(index, value);
    }
    if (local.type() == Basic.BOOL) {
      return (frame, value) -> frame.setLong(index, Boxing.truth(present(value)) ? 1 : 0);
    }
    return local.type().isFloating()
        ? (frame, value) ->
            frame.setLong(index, Double.doubleToRawLongBits(Boxing.number(present(value))))
        : (frame, value) -> frame.setLong(index, Boxing.whole(present(value)));
  }

  private static Object present(Object value) {
    if (value == None.NULL) {
      throw NoValue.missing("an element is null");
    }
    return value;
  }
}
