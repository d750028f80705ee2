package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that were stored with other fields than they have when they are read. */
class RowShapeTest {
  private static final String STREAM =
      """
      stream s from topic "t" {
        key k string
        time at timestamp(millis)
        count int
        share double
        note string
        kind enum("a", "b")
        inner { left int  right string }
      }
      """;

  private static final String EVENT =
      """
      {"k":"v","at":1700000000000,"count":7,"share":0.25,"note":"n","kind":"b","inner":{"left":3,"right":"r"},"more":9}
      """;

  /** Written by one stream and read by the other. */
  private static Row read(String now, boolean compact) {
    Trial before = Trial.of(STREAM);
    StateWriter out = compact ? StateWriter.compact() : new StateWriter();
    ValueCodec.writeRow(before.event(EVENT, Long.MIN_VALUE).root(), out);
    out.writeLong(42);
    StateWriter whole = new StateWriter();
    whole.writeAll(out);
    RowShapes shapes = Trial.of(now).judge.shapes();
    shapes.learn(before.judge.shapes().bytes());
    RowShape rows = shapes.of(before.judge.shapes().hash());
    StateReader in = new StateReader(compact ? whole.toBytes() : out.toBytes());
    if (compact) {
      in.readTexts();
    }
    Row row = Objects.requireNonNull(rows).readRow(in);
    assertThat(in.readLong()).isEqualTo(42);
    assertThat(in.atEnd()).isTrue();
    return row;
  }

  private static String told(Row row) {
    StringBuilder text = new StringBuilder();
    for (StructType.Field field : row.type().fields()) {
      if (row.state(field.index()) == Row.PRESENT) {
        text.append(' ').append(field.name()).append('=').append(value(row, field));
      }
    }
    return text.toString().strip();
  }

  private static String value(Row row, StructType.Field field) {
    if (field.type().isFloating()) {
      return Double.toString(row.getDouble(field.slot()));
    }
    if (field.type().isPrimitive()) {
      return Long.toString(row.getLong(field.slot()));
    }
    return row.getReference(field.slot()) instanceof Row inner
        ? "(" + told(inner) + ")"
        : String.valueOf(row.getReference(field.slot()));
  }

  private static final String ALL =
      "k=v at=1700000000000000000 count=7 share=0.25 note=n kind=b inner=(left=3 right=r)";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fieldsThatAreStillThereKeepTheirValues(boolean compact) {
    assertThat(told(read(STREAM, compact))).isEqualTo(ALL);
    assertThat(told(read(STREAM.replace("share double", "share double? private"), compact)))
        .isEqualTo(ALL);
    assertThat(told(read(STREAM.replace("count int", "more int? count int"), compact)))
        .isEqualTo(ALL);
    assertThat(told(read(STREAM.replace("left int ", "top int? left int "), compact)))
        .isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fieldsThatAreGoneOrOfAnotherTypeHaveNoValue(boolean compact) {
    assertThat(told(read(STREAM.replace("note string", ""), compact)))
        .isEqualTo(ALL.replace(" note=n", ""));
    assertThat(told(read(STREAM.replace("count int", "count string"), compact)))
        .isEqualTo(ALL.replace(" count=7", ""));
    assertThat(told(read(STREAM.replace("share double", "share ratio"), compact)))
        .isEqualTo(ALL.replace(" share=0.25", ""));
    assertThat(told(read(STREAM.replace("\"a\", \"b\"", "\"b\", \"c\""), compact)))
        .isEqualTo(ALL.replace(" kind=b", ""));
    assertThat(told(read(STREAM.replace("left int ", ""), compact)))
        .isEqualTo(ALL.replace("left=3 ", ""));
    assertThat(told(read(STREAM.replace("inner { left int  right string }", ""), compact)))
        .isEqualTo(ALL.substring(0, ALL.indexOf(" inner")));
  }

  @Test
  void whatIsToldOfFieldsMustBeWhole() {
    byte[] told = Trial.of(STREAM).judge.shapes().bytes();
    RowShapes shapes = Trial.of(STREAM.replace("count int", "")).judge.shapes();
    assertThatThrownBy(() -> shapes.learn(Arrays.copyOf(told, told.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
