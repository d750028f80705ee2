package io.assay.assertion.eval.term;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Template.Part;
import java.util.ArrayList;
import java.util.List;

/** A template, compiled: text with values filled in. */
public final class Sentence {
  private final List<Piece> pieces;

  private Sentence(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Value(Type type, ReferenceTerm plan, boolean hidden) implements Piece {}
  }

  public static Sentence of(TermCompiler compiler, Template template) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : template.parts()) {
      pieces.add(
          switch (part) {
            case Part.Text text -> new Piece.Text(text.text());
            case Part.Value value ->
                new Piece.Value(
                    value.term().type(),
                    compiler.value(value.term()),
                    Evidence.isHidden(compiler, value.term()));
          });
    }
    return new Sentence(pieces);
  }

  /** A value that is missing reads "?". Private values stand between {@link Evidence#MASK}. */
  public String fill(Frame frame) {
    var text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text plain -> text.append(plain.text());
        case Piece.Value value -> append(text, value, frame);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Piece.Value value, Frame frame) {
    String print;
    try {
      print = Printing.print(value.type(), value.plan().value(frame));
    } catch (NoValue e) {
      text.append('?');
      return;
    }
    text.append(value.hidden() ? Evidence.masked(print) : Evidence.unmarked(print));
  }
}
