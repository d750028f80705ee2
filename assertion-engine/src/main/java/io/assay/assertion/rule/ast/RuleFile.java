package io.assay.assertion.rule.ast;

import java.util.List;
import java.util.Set;

/**
 * One source as it was read: its declarations in the order of the text.
 *
 * @param unread the words of declarations that could not be read: their names are among them
 */
public record RuleFile(String source, List<Declaration> declarations, Set<String> unread) {
  public RuleFile {
    declarations = List.copyOf(declarations);
    unread = Set.copyOf(unread);
  }
}
