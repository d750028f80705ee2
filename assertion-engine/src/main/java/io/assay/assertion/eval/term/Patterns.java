package io.assay.assertion.eval.term;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.assay.assertion.rule.ir.Term;
import java.util.List;

/**
 * Regular expressions in linear time (RE2): a rule runs on every event, and no text that an event
 * brings may make it slow.
 */
final class Patterns {
  private Patterns() {}

  static BoolTerm bind(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm text = compiler.value(terms.get(0));
    if (terms.get(1) instanceof Term.Constant constant) {
      return fixed(text, constant.value());
    }
    ReferenceTerm pattern = compiler.value(terms.get(1));
    return frame -> {
      String of = Texts.string(text.value(frame));
      return pattern(pattern.value(frame)).matcher(of).find();
    };
  }

  private static BoolTerm fixed(ReferenceTerm text, Object expression) {
    Pattern pattern;
    try {
      pattern = pattern(expression);
    } catch (NoValue e) {
      return frame -> {
        throw e;
      };
    }
    return frame -> pattern.matcher(Texts.string(text.value(frame))).find();
  }

  private static Pattern pattern(Object text) {
    try {
      return Pattern.compile(Texts.string(text));
    } catch (PatternSyntaxException e) {
      throw NoValue.failed("not a regular expression: " + e.getMessage());
    }
  }
}
