package io.assay.stream.assertions;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules that a test changes when it wants to. */
final class RulesByHand implements LiveRules {
  private final List<Generation> all = new ArrayList<>();

  RulesByHand(String text) {
    change(text);
  }

  static CheckedRules compiled(String text) {
    Compilation compilation = new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)));
    return compilation
        .rules()
        .orElseThrow(() -> new AssertionError(compilation.issues().toString()));
  }

  /** Publishes the next generation. */
  void change(String text) {
    all.add(new Generation(all.size() + 1, compiled(text).live()));
  }

  @Override
  public Generation newest() {
    return all.getLast();
  }

  @Override
  public Optional<Generation> of(long number) {
    return all.stream().filter(generation -> generation.number() == number).findFirst();
  }
}
