package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type as it was written. */
public sealed interface TypeNode {
  Span span();

  /** {@code bool}, {@code double}, {@code rect} and the like. */
  record Simple(Name name) implements TypeNode {
    @Override
    public Span span() {
      return name.span();
    }
  }

  /** RFC 3339 where {@code unit} is absent, else a number of these since 1970. */
  record Timestamp(@Nullable Name unit, Span span) implements TypeNode {}

  record Length(@Nullable Name unit, Span span) implements TypeNode {}

  record OneOf(List<Text> values, Span span) implements TypeNode {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  record Vector(@Nullable Integer dimensions, Span span) implements TypeNode {}

  record ListOf(TypeNode element, Span span) implements TypeNode {}

  record Fields(List<FieldDecl> fields, Span span) implements TypeNode {
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /** {@code key} is a type, or the word {@code field}: a map from the names of fields. */
  record MapOf(TypeNode key, TypeNode value, Span span) implements TypeNode {}

  /** May be missing or null. */
  record Maybe(TypeNode type, Span span) implements TypeNode {}

  /** A word where a type was needed. */
  record Unknown(Name name) implements TypeNode {
    @Override
    public Span span() {
      return name.span();
    }
  }
}
