package io.assay.assertion.rule;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text in which the lexer sees one sign for all characters beyond ASCII, which no word of the
 * language holds. It remembers its way through ASCII only and would find it anew, a hundred times
 * slower, for each letter of a comment in Greek. Texts are given out as they are.
 */
final class AsciiStream implements CharStream {
  private static final int BEYOND = 0x7F;
  private final CharStream text;

  AsciiStream(String text) {
    this.text = CharStreams.fromString(text);
  }

  @Override
  public int LA(int offset) {
    int next = text.LA(offset);
    boolean space = next == 0xA0 || next == 0xFEFF;
    return next <= BEYOND || space ? next : BEYOND;
  }

  @Override
  public String getText(Interval interval) {
    return text.getText(interval);
  }

  @Override
  public void consume() {
    text.consume();
  }

  @Override
  public int mark() {
    return text.mark();
  }

  @Override
  public void release(int marker) {
    text.release(marker);
  }

  @Override
  public int index() {
    return text.index();
  }

  @Override
  public void seek(int index) {
    text.seek(index);
  }

  @Override
  public int size() {
    return text.size();
  }

  @Override
  public String getSourceName() {
    return IntStream.UNKNOWN_SOURCE_NAME;
  }
}
