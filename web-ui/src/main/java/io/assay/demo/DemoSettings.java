package io.assay.demo;

import io.assay.stream.app.RuleFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the demo runs.
 *
 * @param folder everything it keeps is below it
 * @param port of the web interface on 127.0.0.1; 0 for any free one
 * @param rules files or folders that are one rule set; the first one is its home
 * @param takesRulesHome whether rules that are published over HTTP by now give way to those
 * @param past how much of the street has been driven already when it starts
 * @param mostFrames bytes of pictures that are kept; the oldest go first
 * @param newPassword whether the administrator gets a new password
 */
public record DemoSettings(
    Path folder,
    int port,
    List<Path> rules,
    boolean takesRulesHome,
    Duration past,
    long mostFrames,
    boolean newPassword) {
  public DemoSettings {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("the demo needs a rule file, got none");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("the web port needs 0 to 65535, got " + port);
    }
    if (past.isNegative() || past.compareTo(Duration.ofHours(6)) > 0) {
      throw new IllegalArgumentException("the past needs 0 to 360 minutes, got " + past);
    }
    if (mostFrames < 0) {
      throw new IllegalArgumentException("pictures need bytes >= 0, got " + mostFrames);
    }
  }

  /** Where rules come from until someone moves them to the web. */
  RuleFolder.Source ruleSource() {
    return new RuleFolder.Source(
        rules.getFirst(), rules.subList(1, rules.size()), Map.of(), takesRulesHome);
  }
}
