package io.assay.demo;

import io.assay.stream.app.RuleFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the demo runs.
 *
 * @param folder everything it keeps is below it
 * @param empty whether nothing is set up and nothing is sent: no rules, no topics but Assay's own
 * @param port of the web interface on 127.0.0.1; 0 for any free one
 * @param rules files or folders that are one rule set; the first one is its home; none where it is
 *     empty
 * @param takesRulesHome whether rules that are published over HTTP by now give way to those
 * @param past how much of the street has been driven already when it starts
 * @param mostFrames bytes of pictures that are kept; the oldest go first
 * @param newPassword whether the administrator gets a new password
 */
public record DemoSettings(
    Path folder,
    boolean empty,
    int port,
    List<Path> rules,
    boolean takesRulesHome,
    Duration past,
    long mostFrames,
    boolean newPassword) {
  /** The file that notes how far the street was driven. */
  static final String STREET = "street";

  public DemoSettings {
    rules = List.copyOf(rules);
    if (rules.isEmpty() != empty) {
      throw new IllegalArgumentException(
          "the demo needs a rule file, and an empty one none; got empty=%s, rules=%s"
              .formatted(empty, rules));
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

  /** Whether the street was driven in a folder: then it has rules and topics already. */
  public static boolean isDriven(Path folder) {
    return Files.exists(folder.resolve(STREET));
  }

  /** Where rules come from until someone moves them to the web; empty where someone writes them. */
  Optional<RuleFolder.Source> ruleSource() {
    return empty
        ? Optional.empty()
        : Optional.of(
            new RuleFolder.Source(
                rules.getFirst(), rules.subList(1, rules.size()), Map.of(), takesRulesHome));
  }
}
