package io.assay.assertion.rule.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Whether a piece of text fits on the rest of a line, up to the next place to break behind it. */
final class Fitting {
  private enum Answer {
    YES,
    NO,
    GO_ON
  }

  private final Trivia trivia;
  private final Deque<Printer.Frame> stack = new ArrayDeque<>();
  private final int limit;
  private int column;
  private boolean commented;
  private boolean behind;

  private Fitting(Trivia trivia, int column, int limit) {
    this.trivia = trivia;
    this.column = column;
    this.limit = limit;
  }

  /**
   * @param flat what shall stand on the line
   * @param rest what comes behind it
   */
  static boolean fits(Trivia trivia, int column, Printer.Frame flat, Iterator<Printer.Frame> rest) {
    var fitting = new Fitting(trivia, column, flat.limit());
    fitting.stack.push(flat);
    Answer answer = fitting.walk();
    fitting.behind = true;
    while (answer == Answer.GO_ON && rest.hasNext()) {
      fitting.stack.push(rest.next());
      answer = fitting.walk();
    }
    return answer != Answer.NO;
  }

  private Answer walk() {
    while (!stack.isEmpty()) {
      Answer answer = step(stack.pop());
      if (answer == Answer.GO_ON && column > limit) {
        answer = Answer.NO;
      }
      if (answer != Answer.GO_ON) {
        return answer;
      }
    }
    return Answer.GO_ON;
  }

  private Answer step(Printer.Frame frame) {
    switch (frame.doc()) {
      case Doc.Word word -> {
        return word(word);
      }
      case Doc.Closing closing -> {
        return trivia.before(closing.token()).isEmpty() ? Answer.GO_ON : endsLine();
      }
      case Doc.Blank ignored -> column++;
      case Doc.Tab ignored -> column++;
      case Doc.Line line -> {
        if (!frame.flat()) {
          return Answer.YES;
        }
        column += line.flat();
      }
      case Doc.Concat concat -> {
        return push(frame, concat.parts(), 0);
      }
      case Doc.Indent indent -> stack.push(frame.with(indent.doc()));
      case Doc.Align align -> stack.push(frame.with(align.doc()));
      case Doc.Wide wide -> stack.push(frame.with(wide.doc()));
      case Doc.Group group -> {
        if (group.breaks()) {
          return behind ? untilBreak(frame, group) : Answer.NO;
        }
        stack.push(frame.with(group.doc()));
      }
      case Doc.Fill fill -> {
        if (fill.from() > 0 && !frame.flat()) {
          return Answer.YES;
        }
        column += Math.max(0, fill.parts().size() - fill.from() - 1);
        return push(frame, fill.parts(), fill.from());
      }
    }
    return Answer.GO_ON;
  }

  private Answer untilBreak(Printer.Frame frame, Doc.Group group) {
    stack.push(frame.flat(false, group.doc()));
    return Answer.GO_ON;
  }

  /** What has more parts than a line has columns fits on none. */
  private Answer push(Printer.Frame frame, List<Doc> parts, int from) {
    int to = Math.min(parts.size(), from + 2 * limit);
    if (to < parts.size() && frame.flat()) {
      return Answer.NO;
    }
    for (int i = to - 1; i >= from; i--) {
      stack.push(frame.with(parts.get(i)));
    }
    return Answer.GO_ON;
  }

  private Answer word(Doc.Word word) {
    Token token = word.token();
    if (commented || (!word.bare() && !trivia.before(token).isEmpty())) {
      return endsLine();
    }
    String text = token.getText();
    int end = text.indexOf('\n');
    column += text.codePointCount(0, end < 0 ? text.length() : end);
    if (end >= 0) {
      return column > limit ? Answer.NO : Answer.YES;
    }
    commented = trivia.after(token).isPresent();
    return Answer.GO_ON;
  }

  private Answer endsLine() {
    return behind ? Answer.YES : Answer.NO;
  }
}
