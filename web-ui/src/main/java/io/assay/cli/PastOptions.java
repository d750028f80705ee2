package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where past events come from: files, the archive, or topics. */
final class PastOptions {
  @Option(
      names = "--events",
      arity = "1..*",
      paramLabel = "[STREAM=]FILE",
      description =
          "Events, one JSON object a line; '-' is standard input. STREAM may be left out where the"
              + " rules declare one stream.")
  List<String> events = new ArrayList<>();

  @Option(
      names = "--archive",
      paramLabel = "FOLDER",
      description =
          "Instead of --events: what the archive in the folder holds of the rules' streams.")
  @Nullable Path archive;

  @Option(
      names = "--topic",
      paramLabel = "[STREAM=]TOPIC",
      description = "Instead of --events: what stands in the topic now.")
  List<String> topics = new ArrayList<>();

  @Mixin BrokerOptions broker = new BrokerOptions();

  /** {@code --events a.jsonl rules.assay}: what ends like a rule file is one. */
  void takeRules(List<Path> rules) {
    Replay.takeRules(events, rules);
  }

  /**
   * @throws ParameterException where there is none, or there are several
   */
  void needsOne(CommandLine command) {
    int sources =
        (events.isEmpty() ? 0 : 1) + (archive == null ? 0 : 1) + (topics.isEmpty() ? 0 : 1);
    if (sources != 1) {
      throw new ParameterException(
          command,
          "needs one of --events FILE, --archive FOLDER and --topic TOPIC, got "
              + (sources == 0 ? "none" : sources));
    }
  }

  PastEvents open(CheckedRules rules, String project, Extent extent, CommandLine command) {
    if (archive != null) {
      return ArchiveFolder.open(rules, archive, project, extent, command.getErr());
    }
    return topics.isEmpty()
        ? EventFiles.open(rules, events)
        : TopicEvents.open(rules, topics, broker.access(command), extent, command.getErr());
  }

  /** As it was asked for. */
  @Override
  public String toString() {
    if (archive != null) {
      return "archive " + archive;
    }
    return topics.isEmpty()
        ? "files " + String.join(", ", events)
        : "topics " + String.join(", ", topics);
  }
}
