package io.assay.stream.app;

/**
 * By which rules streams are judged.
 *
 * @param generation 0 while there is none, and for rules that stay
 * @param documentHash of their texts; empty while there are none
 * @param refused why a newer generation is not used; empty when the newest is
 */
public record RulesStatus(long generation, String documentHash, String refused) {
  static final RulesStatus NONE = new RulesStatus(0, "", "");
}
