package io.assay.stream.imputation;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Guess;
import io.assay.imputation.RowFiller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills the gaps of one event after another with one imputer. One thread. */
public final class GapFiller {
  private final RowFiller filler;
  private final List<Filled> columns = new ArrayList<>();

  /** A field that the imputer knows, and its place among the imputer's columns. */
  private record Filled(StructType.Field field, int column, boolean isNumber) {}

  /**
   * @param imputer that was learned of the stream's group as it is now
   */
  public GapFiller(ImputedStream stream, AimNet imputer) {
    this.filler = imputer.filler();
    List<Column> known = imputer.schema().columns();
    for (int column = 0; column < known.size(); column++) {
      Optional<StructType.Field> field = stream.fields().field(known.get(column).name());
      if (field.isPresent()) {
        columns.add(new Filled(field.get(), column, known.get(column) instanceof Column.Numbers));
      }
    }
  }

  /**
   * What it says of each field that is missing. A value that came and is not as declared is no gap.
   *
   * @param values of the group
   * @param least below this confidence it abstains, 0 to 1
   */
  public List<FilledField> fill(Row values, double least) {
    return hasGap(values) ? filled(values, least) : List.of();
  }

  private boolean hasGap(Row row) {
    for (Filled one : columns) {
      if (row.state(one.field().index()) == Row.ABSENT) {
        return true;
      }
    }
    return false;
  }

  private List<FilledField> filled(Row row, double least) {
    filler.clear();
    for (Filled one : columns) {
      if (row.state(one.field().index()) == Row.PRESENT) {
        put(one, row);
      }
    }
    List<FilledField> filled = new ArrayList<>();
    for (Filled one : columns) {
      if (row.state(one.field().index()) == Row.ABSENT) {
        filled.add(filled(one.field(), filler.fill(one.column()), least));
      }
    }
    return filled;
  }

  private void put(Filled one, Row row) {
    StructType.Field field = one.field();
    if (!one.isNumber()) {
      filler.put(one.column(), GroupTable.cell(row, field));
    } else if (!field.type().isFloating()) {
      filler.put(one.column(), (double) row.getLong(field.slot()));
    } else if (Double.isFinite(row.getDouble(field.slot()))) {
      filler.put(one.column(), row.getDouble(field.slot()));
    }
  }

  private static FilledField filled(StructType.Field field, Guess guess, double least) {
    boolean abstains = guess.abstains() || guess.confidence() < least;
    return switch (guess) {
      case Guess.OfCategory one -> {
        String text = one.texts().getFirst();
        Object value = field.type() == Type.Basic.BOOL ? Boolean.valueOf(text) : text;
        yield new FilledField(
            field,
            abstains ? null : value,
            one.confidence(),
            Optional.empty(),
            one.candidates(),
            one.attention());
      }
      case Guess.OfNumbers one -> {
        Guess.Estimate estimate = one.estimates().getFirst();
        yield new FilledField(
            field,
            abstains ? null : number(field.type(), estimate),
            one.confidence(),
            Optional.of(new FilledField.Interval(estimate.low(), estimate.high())),
            List.of(),
            one.attention());
      }
    };
  }

  /** As the type has it: a guess must not be what no value can be. */
  private static Object number(Type type, Guess.Estimate estimate) {
    double value = Double.parseDouble(estimate.text());
    if (type == Type.Basic.RATIO) {
      return Math.clamp(value, 0.0, 1.0);
    }
    return type.isFloating() ? (Object) value : (Object) Math.round(value);
  }
}
