package io.assay.assertion.rule.format;

import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * A piece of text with the places where it may be broken, after Wadler's "A prettier printer": a
 * group stands on one line if it fits there, and is broken at all of its own places if not.
 */
sealed interface Doc {
  Doc NOTHING = new Concat(List.of());
  Doc BLANK = new Blank();

  /** A space, or the end of a line where its group is broken. */
  Doc LINE = new Line(1);

  /** Nothing, or the end of a line where its group is broken. */
  Doc SOFT = new Line(0);

  /** Between the items of a block: always the end of a line unless the block stands on one. */
  Doc NEXT_ITEM = new Line(2);

  Doc FIRST_ITEM = new Line(1);

  /**
   * A token as it was written, with the comments around it.
   *
   * @param bare whether the comments before it stand elsewhere: see {@link Closing}
   */
  record Word(Token token, boolean bare) implements Doc {}

  /** The comments before a closing brace: they belong to what it closes. */
  record Closing(Token token) implements Doc {}

  record Blank() implements Doc {}

  /**
   * @param flat how many spaces stand there if the group is not broken
   */
  record Line(int flat) implements Doc {}

  /** Spaces up to a column, counted from 0; at least one. One where the group is not broken. */
  record Tab(int column) implements Doc {}

  record Concat(List<Doc> parts) implements Doc {
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  /** Broken lines within begin so much further right. */
  record Indent(int by, Doc doc) implements Doc {}

  /** Broken lines within begin where it began. */
  record Align(Doc doc) implements Doc {}

  /**
   * @param breaks whether it is broken in any case
   */
  record Group(Doc doc, boolean breaks) implements Doc {}

  /**
   * Parts of which each goes to the next line only if it does not fit on this one.
   *
   * @param from the first that is still to be placed
   */
  record Fill(List<Doc> parts, int from) implements Doc {
    public Fill {
      parts = List.copyOf(parts);
    }
  }

  /** May be wider than other lines. */
  record Wide(int limit, Doc doc) implements Doc {}

  static Doc concat(Doc... parts) {
    return new Concat(List.of(parts));
  }

  static Doc group(Doc... parts) {
    return new Group(concat(parts), false);
  }

  static Doc indent(Doc... parts) {
    return new Indent(2, concat(parts));
  }
}
