package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the fields of rows by slot, and those of maps by name; tells what is missing. */
final class Fields {
  private Fields() {}

  static Plan select(TermCompiler compiler, Term.Select select) {
    String path = path(select);
    var at =
        new At(
            select.field(),
            NoValue.missing(path + " is missing"),
            NoValue.failed(path + " is not as declared"));
    return select.target() instanceof Term.Read read && !compiler.isPrimitive(read.local().type())
        ? ofVariable(read.local().index(), at)
        : of(compiler.value(select.target()), at);
  }

  /** A field, and what is said where it is not there. */
  private record At(StructType.Field field, NoValue missing, NoValue invalid) {}

  private static Plan of(ReferenceTerm target, At at) {
    int slot = at.field().slot();
    if (!at.field().type().isPrimitive()) {
      return (ReferenceTerm) frame -> reference(target.value(frame), at, slot);
    }
    if (at.field().type() == Basic.BOOL) {
      return (BoolTerm) frame -> present(target.value(frame), at).getLong(slot) != 0;
    }
    return at.field().type().isFloating()
        ? (DoubleTerm) frame -> present(target.value(frame), at).getDouble(slot)
        : (LongTerm) frame -> present(target.value(frame), at).getLong(slot);
  }

  /** The same of a variable's record, which is most: one node less to ask. */
  private static Plan ofVariable(int variable, At at) {
    int slot = at.field().slot();
    if (!at.field().type().isPrimitive()) {
      return (ReferenceTerm) frame -> reference(frame.reference(variable), at, slot);
    }
    if (at.field().type() == Basic.BOOL) {
      return (BoolTerm) frame -> present(frame.reference(variable), at).getLong(slot) != 0;
    }
    return at.field().type().isFloating()
        ? (DoubleTerm) frame -> present(frame.reference(variable), at).getDouble(slot)
        : (LongTerm) frame -> present(frame.reference(variable), at).getLong(slot);
  }

  private static Object reference(@Nullable Object target, At at, int slot) {
    @Nullable Object value = present(target, at).getReference(slot);
    if (value == null) {
      throw at.missing();
    }
    return value;
  }

  private static Row present(@Nullable Object target, At at) {
    if (!(target instanceof Row row)) {
      throw at.missing();
    }
    byte state = row.state(at.field().index());
    if (state != Row.PRESENT) {
      throw state == Row.ABSENT ? at.missing() : at.invalid();
    }
    return row;
  }

  /** How messages name a field: {@code b.score}, {@code weather}. */
  static String path(Term term) {
    return switch (term) {
      case Term.Select select -> path(select.target()) + "." + select.field().name();
      case Term.SelectDynamic select -> path(select.target()) + "." + select.name();
      case Term.Read read -> read.local().name();
      default -> "a value";
    };
  }

  static Plan selectDynamic(TermCompiler compiler, Term.SelectDynamic select) {
    ReferenceTerm target = compiler.value(select.target());
    String name = select.name();
    NoValue missing = NoValue.failed("no such key: " + name);
    ReferenceTerm plan =
        frame -> {
          @Nullable Object found = lookUp(target.value(frame), name);
          if (found == null) {
            throw missing;
          }
          return found;
        };
    return compiler.unboxed(select.type(), plan);
  }

  private static @Nullable Object lookUp(Object target, String name) {
    return switch (target) {
      case Map<?, ?> map -> map.get(name);
      case Row row -> row.type().field(name).map(field -> Boxing.field(row, field)).orElse(null);
      default -> throw Boxing.unexpected("a map", target);
    };
  }

  static BoolTerm has(TermCompiler compiler, Term.Has has) {
    ReferenceTerm target = compiler.value(has.target());
    String name = has.name();
    return frame -> {
      Object of = target.value(frame);
      if (of instanceof Row row) {
        Optional<StructType.Field> field = row.type().field(name);
        byte state = field.isPresent() ? row.state(field.get().index()) : Row.ABSENT;
        if (state == Row.INVALID) {
          throw NoValue.failed(name + " is not as declared");
        }
        return state == Row.PRESENT;
      }
      return lookUp(of, name) != null;
    };
  }

  static BoolTerm isNull(TermCompiler compiler, Term.IsNull isNull) {
    ReferenceTerm target = compiler.value(isNull.target());
    if (compiler.isPure()) {
      return frame -> target.value(frame) == None.NULL;
    }
    return frame -> {
      try {
        return target.value(frame) == None.NULL;
      } catch (NoValue e) {
        if (e.isMissing()) {
          return true;
        }
        throw e;
      }
    };
  }
}
