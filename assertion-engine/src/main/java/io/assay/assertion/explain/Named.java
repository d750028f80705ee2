package io.assay.assertion.explain;

import io.assay.assertion.eval.term.Printing;
import io.assay.assertion.rule.Subterms;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the names stand for that a rule gives to values: {@code let} and {@code param}. */
final class Named {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private Named() {}

  static List<String> sentences(CheckedAssertion assertion, WrittenText text) {
    var lets = new ArrayList<Let>(assertion.lets());
    assertion.context().windowing().ifPresent(windowing -> lets.addAll(windowing.lets()));
    var sentences = new ArrayList<String>();
    lets.forEach(
        let -> sentences.add("%s is %s.".formatted(let.local().name(), text.of(let.term()))));
    params(assertion, text)
        .forEach((name, value) -> sentences.add("%s is %s.".formatted(name, value)));
    return sentences;
  }

  /** A parameter has become a constant, which stands where its name is written. */
  private static Map<String, String> params(CheckedAssertion assertion, WrittenText text) {
    var params = new TreeMap<String, String>();
    AssertionTerms.of(assertion).forEach(term -> params(term, text, params));
    params.remove(assertion.name());
    return params;
  }

  private static void params(Term term, WrittenText text, Map<String, String> params) {
    if (term instanceof Term.Constant constant) {
      String name = text.of(constant);
      String value = Printing.print(constant.type(), constant.value());
      if (NAME.matcher(name).matches() && !name.equals(value)) {
        params.put(name, value);
      }
    }
    Subterms.of(term).forEach(part -> params(part, text, params));
  }
}
