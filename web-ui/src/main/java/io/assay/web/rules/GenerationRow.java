package io.assay.web.rules;

import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleSet;
import io.assay.web.system.Moment;

/**
 * One published generation, without its texts.
 *
 * @param contentHash the same for the same files and parameters
 */
record GenerationRow(long generation, RuleOrigin origin, String documentHash, String contentHash) {

  static GenerationRow of(RuleSet set) {
    return new GenerationRow(
        set.generation(), set.origin(), set.documentHash(), set.content().hash());
  }

  /** When, as pages show it. */
  public Moment at() {
    return new Moment(origin.at());
  }

  /** Of a commit the beginning, as people call it. */
  public String shortVersion() {
    String version = origin.version();
    return origin.home() == RuleHome.GIT && version.length() > 10
        ? version.substring(0, 10)
        : version;
  }
}
