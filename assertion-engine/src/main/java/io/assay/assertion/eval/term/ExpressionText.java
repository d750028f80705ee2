package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;

/** A checked expression as a rule would write it, for whoever stands outside. */
public final class ExpressionText {
  private ExpressionText() {}

  public static String of(Term term) {
    return TermText.of(term);
  }
}
