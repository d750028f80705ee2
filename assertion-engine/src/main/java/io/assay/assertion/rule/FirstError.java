package io.assay.assertion.rule;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Gives up at the first error. A type that nobody knows is one: it is read only so that a message
 * can name it, and may well be a word of which another was meant.
 */
final class FirstError extends BailErrorStrategy {
  @Override
  public void sync(Parser parser) {
    if (parser.getContext().getRuleIndex() == AssayParser.RULE_unknownType) {
      throw new ParseCancellationException();
    }
  }
}
