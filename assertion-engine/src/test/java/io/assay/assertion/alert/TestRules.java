package io.assay.assertion.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;

/** Rules without mistakes. */
final class TestRules {
  private TestRules() {}

  static CheckedRules compiled(String text) {
    Compilation compilation = new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)));
    assertThat(compilation.hasErrors()).as(compilation.issues().toString()).isFalse();
    return compilation.rules().orElseThrow();
  }
}
