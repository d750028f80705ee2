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
    ReferenceTerm target = row(compiler, select.target());
    StructType.Field field = select.field();
    int index = field.index();
    int slot = field.slot();
    String path = path(select);
    NoValue missing = NoValue.missing(path + " is missing");
    NoValue invalid = NoValue.failed(path + " is not as declared");
    if (!field.type().isPrimitive()) {
      return (ReferenceTerm)
          frame -> {
            Row row = present(target.value(frame), index, missing, invalid);
            @Nullable Object value = row.getReference(slot);
            if (value == null) {
              throw missing;
            }
            return value;
          };
    }
    if (field.type() == Basic.BOOL) {
      return (BoolTerm)
          frame -> present(target.value(frame), index, missing, invalid).getLong(slot) != 0;
    }
    return field.type().isFloating()
        ? (DoubleTerm)
            frame -> present(target.value(frame), index, missing, invalid).getDouble(slot)
        : (LongTerm) frame -> present(target.value(frame), index, missing, invalid).getLong(slot);
  }

  /**
   * The record a field is read of; a variable's without asking a node of its own whether it is set.
   */
  private static ReferenceTerm row(TermCompiler compiler, Term target) {
    if (!(target instanceof Term.Read read) || compiler.isPrimitive(read.local().type())) {
      return compiler.value(target);
    }
    int index = read.local().index();
    return frame -> {
      @Nullable Object row = frame.reference(index);
      return row == null ? None.NULL : row;
    };
  }

  private static Row present(Object target, int index, NoValue missing, NoValue invalid) {
    if (!(target instanceof Row row)) {
      throw missing;
    }
    byte state = row.state(index);
    if (state != Row.PRESENT) {
      throw state == Row.ABSENT ? missing : invalid;
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
