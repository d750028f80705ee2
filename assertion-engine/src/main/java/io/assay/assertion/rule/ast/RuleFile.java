package io.assay.assertion.rule.ast;

import java.util.List;

/** One source as it was read: its declarations in the order of the text. */
public record RuleFile(String source, List<Declaration> declarations) {
  public RuleFile {
    declarations = List.copyOf(declarations);
  }
}
