package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which topics are meant, and how they should be. */
final class TopicOptions {
  private static final int USUAL_PARTITIONS = 4;
  private static final String RETENTION = "retention.ms";
  private static final String CLEANUP = "cleanup.policy";

  @Option(
      names = "--rules",
      arity = "1..*",
      paramLabel = "RULES",
      description = "Rule files or folders: the topics that they name, too.")
  List<Path> rules = List.of();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "A topic of events, may be repeated: these alone, and none of Assay's own.")
  List<String> named = List.of();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of each topic that may have more than one (default: 4 where it is made).")
  @Nullable Integer partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Of each topic (default: as the broker gives by itself).")
  @Nullable Short replicas;

  @Option(
      names = "--retention",
      paramLabel = "[TOPIC=]D",
      description =
          "For how long records stay, such as 14d: in a topic, or in all whose records are"
              + " deleted by age.")
  List<String> retention = List.of();

  @Option(
      names = "--compact",
      paramLabel = "TOPIC",
      description = "A topic of the rules that keeps the newest record of each key.")
  List<String> compact = List.of();

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Before the names of Assay's topics (default: ${DEFAULT-VALUE}).")
  String prefix = Topics.DEFAULT_PREFIX;

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = Topics.DEFAULT_PROJECT,
      description = "Whose the rules are (default: ${DEFAULT-VALUE}).")
  String project = Topics.DEFAULT_PROJECT;

  @Mixin FormatOption answer = new FormatOption();

  @Mixin BrokerOptions broker = new BrokerOptions();

  /**
   * In the order in which they are told.
   *
   * @throws ParameterException where options contradict each other or the topics
   * @throws CommandFailure where the rules have errors
   */
  List<TopicPlan> plans(CommandLine command) {
    if (partitions != null && partitions < 1) {
      throw new ParameterException(command, "--partitions needs 1 or more, got " + partitions);
    }
    if (replicas != null && replicas < 1) {
      throw new ParameterException(
          command, "--replication-factor needs 1 or more, got " + replicas);
    }
    int wanted = partitions == null ? USUAL_PARTITIONS : partitions;
    Map<String, TopicPlan> plans = new LinkedHashMap<>();
    Topics own = own(command);
    if (!named.isEmpty()) {
      named.forEach(topic -> plans.put(topic, ofEvents(topic, own, wanted, command)));
      compact.forEach(topic -> makeCompact(topic, plans, command));
      retention.forEach(text -> keep(text, plans, command));
      return List.copyOf(plans.values());
    }
    own.plans(wanted).forEach(plan -> plans.put(plan.name(), plan));
    Optional<CheckedRules> checked = checked(command);
    checked.ifPresent(
        given -> {
          new TreeSet<>(given.topics())
              .forEach(topic -> plans.put(topic, new TopicPlan(topic, wanted, Map.of())));
          completed(own, given, wanted).forEach(plan -> plans.put(plan.name(), plan));
        });
    compact.forEach(topic -> makeCompact(topic, plans, command));
    retention.forEach(text -> keep(text, plans, command));
    return List.copyOf(plans.values());
  }

  /** Whether a topic may have any number, and none was asked for. */
  boolean takesAnyPartitions(TopicPlan plan) {
    return partitions == null && plan.partitions() != 1;
  }

  private Topics own(CommandLine command) {
    try {
      return new Topics(prefix);
    } catch (IllegalArgumentException illegal) {
      throw new ParameterException(command, illegal.getMessage(), illegal);
    }
  }

  private TopicPlan ofEvents(String topic, Topics own, int wanted, CommandLine command) {
    if (!rules.isEmpty()) {
      throw new ParameterException(
          command, "--topic names topics beside any rules: leave out --topic or --rules");
    }
    if (own.owner(topic).isPresent()) {
      throw new ParameterException(
          command,
          "--topic needs a topic of events; '%s' is Assay's own, made without --topic"
              .formatted(topic));
    }
    try {
      Topic.validate(topic);
    } catch (InvalidTopicException illegal) {
      throw new ParameterException(
          command,
          "--topic needs a name of 1 to 249 letters, digits, '.', '_' and '-', got '%s'"
              .formatted(topic),
          illegal);
    }
    return new TopicPlan(topic, wanted, Map.of());
  }

  private Optional<CheckedRules> checked(CommandLine command) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    // Warnings about rules are for those who write rules; only errors stand in the way here.
    var issues = new StringWriter();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, Map.of(), new PrintWriter(issues));
    if (checked.isEmpty()) {
      command.getErr().print(issues);
      throw CommandFailure.checkFailed("the rules have errors, no topic was looked at");
    }
    return checked;
  }

  /** Of streams whose gaps are filled. */
  private List<TopicPlan> completed(Topics own, CheckedRules given, int wanted) {
    return given.declared().streams().stream()
        .filter(stream -> stream.imputation().isPresent())
        .map(stream -> own.imputedPlan(project, stream.type().name(), wanted))
        .toList();
  }

  private void makeCompact(String topic, Map<String, TopicPlan> plans, CommandLine command) {
    TopicPlan plan = plans.get(topic);
    if (plan == null || !plan.settings().isEmpty()) {
      throw new ParameterException(
          command, "--compact needs a topic that --rules name, or --topic, got '" + topic + "'");
    }
    plans.put(topic, new TopicPlan(topic, plan.partitions(), Map.of(CLEANUP, "compact")));
  }

  private void keep(String text, Map<String, TopicPlan> plans, CommandLine command) {
    int equals = text.lastIndexOf('=');
    Map<String, String> kept =
        Map.of(RETENTION, Long.toString(millis(text.substring(equals + 1), command)));
    for (TopicPlan plan : of(equals < 0 ? "" : text.substring(0, equals), plans, command)) {
      var settings = new HashMap<>(plan.settings());
      settings.putAll(kept);
      plans.put(plan.name(), new TopicPlan(plan.name(), plan.partitions(), settings));
    }
  }

  private static List<TopicPlan> of(
      String topic, Map<String, TopicPlan> plans, CommandLine command) {
    if (topic.isEmpty()) {
      return plans.values().stream().filter(TopicOptions::isDeletedByAge).toList();
    }
    if (!plans.containsKey(topic)) {
      throw new ParameterException(
          command,
          "--retention needs one of %s, got '%s'"
              .formatted(String.join(", ", new ArrayList<>(plans.keySet())), topic));
    }
    TopicPlan plan = Objects.requireNonNull(plans.get(topic));
    if (!isDeletedByAge(plan)) {
      throw new ParameterException(
          command,
          "--retention needs a topic whose records are deleted by age; '%s' is compacted"
              .formatted(topic));
    }
    return List.of(plan);
  }

  private static boolean isDeletedByAge(TopicPlan plan) {
    return plan.settings().getOrDefault(CLEANUP, "delete").contains("delete");
  }

  private static long millis(String text, CommandLine command) {
    return RetentionText.millis(text)
        .orElseThrow(
            () ->
                new ParameterException(
                    command,
                    "--retention needs 1ms or more, such as 14d, 12h or forever, got '"
                        + text
                        + "'"));
  }
}
