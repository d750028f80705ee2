package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of an event or of a list's record: its type, and how it is found in the user's JSON. */
public record FieldDecl(
    Name name,
    TypeNode type,
    boolean isPrivate,
    List<List<Text>> alike,
    @Nullable Expr tolerance,
    @Nullable PathNode from,
    @Nullable MappingNode mapping,
    Span span) {
  public FieldDecl {
    alike = alike.stream().map(List::copyOf).toList();
  }
}
