package io.assay.assertion.rule.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Decides where lines end. Works through a stack of its own, so depth costs no Java stack; each
 * decision looks ahead one line at most, so the whole takes time in proportion to the text.
 */
final class Printer {
  private static final int LIMIT = 110;

  record Frame(int indent, boolean flat, int limit, Doc doc) {
    Frame with(Doc part) {
      return new Frame(indent, flat, limit, part);
    }

    Frame flat(boolean now, Doc part) {
      return new Frame(indent, now, limit, part);
    }

    Frame at(int column, Doc part) {
      return new Frame(column, flat, limit, part);
    }
  }

  private final Trivia trivia;
  private final Lines lines = new Lines();
  private final Deque<Frame> stack = new ArrayDeque<>();
  private StringBuilder line = new StringBuilder();

  /** Where the next character goes, were it not for {@link #pending}. */
  private int column;

  /** Up to this column there will be spaces if anything follows; -1 where nothing said so. */
  private int pending;

  private String last = "";
  private @Nullable String comment;

  /** Whether the next word begins an item, before which a blank line is kept. */
  private boolean item;

  Printer(Trivia trivia) {
    this.trivia = trivia;
  }

  Lines print(Doc doc) {
    stack.push(new Frame(0, false, LIMIT, doc));
    while (!stack.isEmpty()) {
      step(stack.pop());
    }
    if (!line.isEmpty() || comment != null) {
      newLine();
    }
    return lines;
  }

  private void step(Frame frame) {
    switch (frame.doc()) {
      case Doc.Word word -> word(word, frame.indent());
      case Doc.Closing closing -> comments(closing.token(), frame.indent());
      case Doc.Blank ignored -> pending = Math.max(pending, column + 1);
      case Doc.Line soft -> line(soft, frame);
      case Doc.Tab tab -> tab(tab, frame);
      case Doc.Concat concat -> push(frame, concat.parts());
      case Doc.Indent indent -> stack.push(frame.at(frame.indent() + indent.by(), indent.doc()));
      case Doc.Align align -> stack.push(frame.at(here(frame), align.doc()));
      case Doc.Wide wide ->
          stack.push(new Frame(frame.indent(), frame.flat(), wide.limit(), wide.doc()));
      case Doc.Group group -> {
        boolean flat = frame.flat() || (!group.breaks() && fits(frame.flat(true, group.doc())));
        stack.push(frame.flat(flat, group.doc()));
      }
      case Doc.Fill fill -> fill(frame, fill);
    }
  }

  private void push(Frame frame, List<Doc> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      stack.push(frame.with(parts.get(i)));
    }
  }

  private void fill(Frame frame, Doc.Fill fill) {
    if (fill.from() == fill.parts().size()) {
      return;
    }
    Doc part = fill.parts().get(fill.from());
    boolean flat = frame.flat();
    if (fill.from() > 0) {
      boolean follows = flat || fits(frame.flat(true, Doc.concat(Doc.BLANK, part)));
      step(frame.flat(follows, Doc.LINE));
    }
    stack.push(frame.with(new Doc.Fill(fill.parts(), fill.from() + 1)));
    stack.push(frame.with(new Doc.Group(part, false)));
  }

  private void line(Doc.Line soft, Frame frame) {
    if (frame.flat()) {
      pending = Math.max(pending, column + soft.flat());
    } else {
      if (!line.isEmpty() || comment != null) {
        newLine();
      }
      pending = frame.indent();
      item = soft.equals(Doc.NEXT_ITEM);
    }
  }

  private boolean fits(Frame flat) {
    return Fitting.fits(trivia, here(flat), flat, stack.iterator());
  }

  private void tab(Doc.Tab tab, Frame frame) {
    if (comment != null) {
      newLine();
    }
    pending = frame.flat() ? column + 1 : Math.max(tab.column(), column + 1);
  }

  private int here(Frame frame) {
    if (comment != null) {
      return frame.indent();
    }
    return start(frame.indent());
  }

  /** Where the next word begins. */
  private int start(int indent) {
    return line.isEmpty() ? (pending < 0 ? indent : pending) : Math.max(pending, column);
  }

  private void word(Doc.Word word, int indent) {
    Token token = word.token();
    if (!word.bare()) {
      comments(token, indent);
    }
    if (comment != null) {
      newLine();
    }
    if (item && trivia.blankBefore(token) && line.isEmpty()) {
      lines.add("", null);
    }
    item = false;
    int start = start(indent);
    String text = token.getText();
    if (!line.isEmpty() && start == column && Seams.needSpace(last, text)) {
      start++;
    }
    line.append(" ".repeat(start - column)).append(text);
    last = text;
    column = start;
    advance(text);
    comment = trivia.after(token).orElse(null);
  }

  private void advance(String text) {
    int begin = text.lastIndexOf('\n') + 1;
    column = (begin == 0 ? column : 0) + text.codePointCount(begin, text.length());
    pending = -1;
  }

  private void comments(Token token, int indent) {
    for (Trivia.Comment own : trivia.before(token)) {
      if (!line.isEmpty() || comment != null) {
        newLine();
      }
      int start = start(indent);
      if (item && own.blankBefore()) {
        lines.add("", null);
      }
      lines.add(" ".repeat(start) + own.text(), null);
      item = true;
    }
  }

  private void newLine() {
    lines.add(line.toString(), comment);
    line = new StringBuilder();
    column = 0;
    pending = -1;
    comment = null;
  }
}
