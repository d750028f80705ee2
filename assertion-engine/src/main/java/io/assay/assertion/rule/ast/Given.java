package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that a test plays. */
public sealed interface Given {
  Name stream();

  Span span();

  record FromFile(Name stream, Text file, Span span) implements Given {}

  /**
   * One event after the other; the test's {@code seen} says which of them carry the elements.
   *
   * @param lasting how many there are; none: as {@code seen} has characters
   * @param from when the first comes, after the test's beginning
   */
  record Series(
      Name stream,
      Expr every,
      @Nullable Bound lasting,
      @Nullable Expr from,
      List<Value> values,
      Span span)
      implements Given {
    public Series {
      values = List.copyOf(values);
    }
  }

  sealed interface Value {
    Name field();
  }

  record Scalar(Name field, Expr value) implements Value {}

  /** A record, or the elements of a list of records. */
  record Records(Name field, List<Fields> records, Span span) implements Value {
    public Records {
      records = List.copyOf(records);
    }
  }

  /** What stands between the braces of a record. */
  record Fields(List<Setting> values, Span span) {
    public Fields {
      values = List.copyOf(values);
    }
  }
}
