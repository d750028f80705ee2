package io.assay.assertion.rule;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Turns places of the lexer, counted in code points, into spans of one source. */
final class Spans {
  private final String source;

  /** UTF-16 offset of each code point; absent where all are one unit wide. */
  private final int @Nullable [] offsets;

  /** Where the text begins within its source. */
  private final Span origin;

  private final boolean fixed;

  /** Of a whole source. */
  Spans(SourceFile source) {
    this(source.text(), new Span(source.name(), 0, 0, 1, 1), false);
  }

  /**
   * Of a text that begins at {@code origin}; or, if {@code fixed}, all of it is said to stand
   * there.
   */
  Spans(String text, Span origin, boolean fixed) {
    this.source = origin.source();
    int points = text.codePointCount(0, text.length());
    this.offsets = points == text.length() ? null : offsets(text, points);
    this.origin = origin;
    this.fixed = fixed;
  }

  private static int[] offsets(String text, int points) {
    int[] offsets = new int[points + 1];
    for (int i = 0, at = 0; i < points; i++) {
      offsets[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    offsets[points] = text.length();
    return offsets;
  }

  Span of(ParserRuleContext context) {
    Token stop = context.getStop();
    return stop == null ? of(context.getStart()) : of(context.getStart(), stop);
  }

  Span of(Token token) {
    return of(token, token);
  }

  /** The place right behind, where something is missing. */
  Span behind(Token token) {
    Span span = of(token);
    if (fixed || token.getText().indexOf('\n') >= 0) {
      return span;
    }
    int width = token.getText().codePointCount(0, token.getText().length());
    return new Span(span.source(), span.end(), span.end(), span.line(), span.column() + width);
  }

  /** Of a token of several lines, its first. */
  Span firstLine(Token token) {
    Span span = of(token);
    int end = token.getText().lines().findFirst().orElse("").length();
    return fixed
        ? span
        : new Span(span.source(), span.start(), span.start() + end, span.line(), span.column());
  }

  Span of(Token first, Token last) {
    if (fixed) {
      return origin;
    }
    int start = offset(Math.max(0, first.getStartIndex()));
    int end = first.getType() == Token.EOF ? start : offset(last.getStopIndex() + 1);
    int line = Math.max(1, first.getLine());
    int column = first.getCharPositionInLine();
    return new Span(
        source,
        origin.start() + start,
        origin.start() + Math.max(start, end),
        origin.line() + line - 1,
        line == 1 ? origin.column() + column : column + 1);
  }

  /** From the start of one to the end of the other. */
  static Span join(Span first, Span last) {
    return new Span(
        first.source(),
        first.start(),
        Math.max(first.end(), last.end()),
        first.line(),
        first.column());
  }

  private int offset(int codePoint) {
    return offsets == null ? codePoint : offsets[Math.min(codePoint, offsets.length - 1)];
  }
}
