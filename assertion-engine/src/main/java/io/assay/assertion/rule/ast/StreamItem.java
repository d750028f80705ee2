package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a stream's block. */
public sealed interface StreamItem {
  Span span();

  record Model(Name model, @Nullable Name versionField, Span span) implements StreamItem {}

  record Key(FieldDecl field) implements StreamItem {
    @Override
    public Span span() {
      return field.span();
    }
  }

  /** Names the field that carries an event's id; a string where no type is given. */
  record Id(FieldDecl field, boolean typed) implements StreamItem {
    @Override
    public Span span() {
      return field.span();
    }
  }

  record Time(FieldDecl field) implements StreamItem {
    @Override
    public Span span() {
      return field.span();
    }
  }

  record Media(Name name, @Nullable PathNode from, Span span) implements StreamItem {}

  /** Pixels. */
  record Size(int width, int height, Span span) implements StreamItem {}

  record Field(FieldDecl field) implements StreamItem {
    @Override
    public Span span() {
      return field.span();
    }
  }

  record Features(List<FieldDecl> fields, Span span) implements StreamItem {
    public Features {
      fields = List.copyOf(fields);
    }
  }

  record Impute(Name group, Expr every, Expr lastEvents, Span span) implements StreamItem {}

  record Slice(Name name, Expr condition, Span span) implements StreamItem {}

  /** How points of the sensor's frame come to lie in an image: a projection of 3 x 4 numbers. */
  record Calibration(Name name, Expr matrix, Span span) implements StreamItem {}

  record Truth(FieldDecl field, Text topic, Expr within, Span span) implements StreamItem {}

  /** {@code requests} and {@code responses} are one topic where both come in it. */
  record Serving(
      Name format,
      @Nullable Text only,
      Text requests,
      Text responses,
      @Nullable Expr within,
      @Nullable Name per,
      Span span)
      implements StreamItem {}

  record Lateness(Expr atMost, Span span) implements StreamItem {}
}
