package io.assay.assertion.rule.format;

import static io.assay.assertion.rule.format.Doc.BLANK;

import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * What follows a clause's word: {@code b in boxes where b.score > 0.5}. A phrase too long for its
 * line goes on below its beginning, at a word such as {@code where} or behind a comma.
 */
final class Phrase {
  private static final Set<Integer> BEGIN_A_PART =
      Set.of(
          AssayLexer.WHERE,
          AssayLexer.WITHIN,
          AssayLexer.COASTING,
          AssayLexer.THROUGH,
          AssayLexer.TOLERANCE,
          AssayLexer.WITH,
          AssayLexer.INTO,
          AssayLexer.KEEP,
          AssayLexer.FOR,
          AssayLexer.FROM,
          AssayLexer.TO,
          AssayLexer.OVER,
          AssayLexer.OWNER,
          AssayLexer.READS,
          AssayLexer.RATE,
          AssayLexer.AT,
          AssayLexer.AS,
          AssayLexer.WHEN,
          AssayLexer.EVERY,
          AssayLexer.EXPECT);

  private final List<Doc> parts = new ArrayList<>();
  private final List<Doc> part = new ArrayList<>();

  private Phrase() {}

  static Doc of(List<ParseTree> words) {
    var phrase = new Phrase();
    words.forEach(phrase::add);
    phrase.endPart();
    return new Doc.Align(new Doc.Fill(phrase.parts, 0));
  }

  private void add(ParseTree word) {
    int type = ExpressionLayout.type(word);
    boolean mark = type == AssayLexer.COMMA || type == AssayLexer.COLON;
    if (BEGIN_A_PART.contains(type) || word instanceof AssayParser.GivenValueContext) {
      endPart();
    }
    if (!part.isEmpty() && !mark) {
      part.add(BLANK);
    }
    part.add(ExpressionLayout.of(word));
    if (type == AssayLexer.COMMA) {
      endPart();
    }
  }

  private void endPart() {
    if (!part.isEmpty()) {
      parts.add(new Doc.Concat(part));
      part.clear();
    }
  }
}
