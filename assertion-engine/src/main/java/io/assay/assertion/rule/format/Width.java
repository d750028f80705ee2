package io.assay.assertion.rule.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/** How many columns a piece of text takes on one line; empty if it cannot stand on one. */
final class Width {
  private Width() {}

  static OptionalInt of(Doc doc, Trivia trivia) {
    int width = 0;
    Deque<Doc> left = new ArrayDeque<>();
    left.push(doc);
    while (!left.isEmpty()) {
      switch (left.pop()) {
        case Doc.Word word -> {
          String text = word.token().getText();
          if (trivia.isCommented(word.token()) || text.indexOf('\n') >= 0) {
            return OptionalInt.empty();
          }
          width += text.codePointCount(0, text.length());
        }
        case Doc.Closing ignored -> {}
        case Doc.Blank ignored -> width++;
        case Doc.Tab ignored -> width++;
        case Doc.Line line -> width += line.flat();
        case Doc.Concat concat -> concat.parts().reversed().forEach(left::push);
        case Doc.Indent indent -> left.push(indent.doc());
        case Doc.Align align -> left.push(align.doc());
        case Doc.Wide wide -> left.push(wide.doc());
        case Doc.Group group -> {
          if (group.breaks()) {
            return OptionalInt.empty();
          }
          left.push(group.doc());
        }
        case Doc.Fill fill -> {
          width += Math.max(0, fill.parts().size() - 1);
          fill.parts().reversed().forEach(left::push);
        }
      }
    }
    return OptionalInt.of(width);
  }
}
