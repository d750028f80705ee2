package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.function.Consumer;

/** Events that stay, for windows to be held against: files beside the rules. */
@FunctionalInterface
public interface KeptEvents {
  /** Where no files are. */
  KeptEvents NONE = (assertion, file, taker) -> false;

  /**
   * Gives the events of a file, which are of the assertion's stream, one after the other.
   *
   * @param file its name, beside the rule file
   * @return false where there are no files
   * @throws java.io.UncheckedIOException where it cannot be read, with what a user needs to know
   */
  boolean give(CheckedAssertion assertion, String file, Consumer<Event> taker);
}
