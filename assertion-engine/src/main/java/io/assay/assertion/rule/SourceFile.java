package io.assay.assertion.rule;

import java.util.Optional;

/**
 * A rule text and the name that messages call it by.
 *
 * @param usual what has been learned for it, as the text of its {@link UsualFile}
 */
public record SourceFile(String name, String text, Optional<String> usual) {
  /** For which nothing was learned. */
  public SourceFile(String name, String text) {
    this(name, text, Optional.empty());
  }
}
