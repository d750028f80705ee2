package io.assay.stream.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Assay's own topics under one prefix, {@code assay} unless an installation shares its broker with
 * another.
 *
 * <p>All use the time of appending: a broker refuses timestamps an hour ahead, and retention by a
 * producer's time would delete an imported recording of last year at once. Event time is in the
 * records and in {@link HeaderNames#EVENT_TIME}.
 */
public record Topics(String prefix) {
  /** The project whose topics of completed events are not called after it. */
  public static final String DEFAULT_PROJECT = "default";

  public static final String DEFAULT_PREFIX = "assay";

  /** The largest record of a user's topic that can be put aside untouched, in bytes. */
  public static final int LARGEST_INPUT = 1024 * 1024;

  /** What a record may take that carries another with its provenance. */
  public static final int LARGEST_OUTPUT = LARGEST_INPUT + 128 * 1024;

  /** What a record may take on its way between tasks: whatever reached one reaches the next. */
  public static final int LARGEST_INTERNAL = 16 << 20;

  /** Behind the prefix: how names of topics begin that Kafka Streams makes for our groups. */
  private static final List<String> INTERNAL =
      List.of("-", ".windows.", ".truths.", ".serving.", ".embeddings.");

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

  public Topics {
    if (!LEGAL.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a topic prefix needs 1 to 64 letters, digits, '.', '_' or '-', got '" + prefix + "'");
    }
  }

  /** Under {@link #DEFAULT_PREFIX}. */
  public static Topics standard() {
    return new Topics(DEFAULT_PREFIX);
  }

  /** {@code ViolationJson} bytes by {@link RecordKeys#ofViolation}. */
  public String violations() {
    return prefix + ".violations";
  }

  /** {@link CountRecord}s by {@link CountRecord#key()}. */
  public String counts() {
    return prefix + ".counts";
  }

  /** {@link FiguresRecord}s by {@link FiguresRecord#key()}. */
  public String figures() {
    return prefix + ".figures";
  }

  /** Records that could not be read, untouched, with a {@link DeadLetter} in the headers. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** Records that came too late or from the future, with a {@link LateRecord} in the headers. */
  public String late() {
    return prefix + ".late";
  }

  /** {@link TickRecord}s by {@link RecordKeys#ofViolation}. */
  public String ticks() {
    return prefix + ".ticks";
  }

  /** {@link SilentRecord}s by {@link SilentRecord#recordKey()}. */
  public String silent() {
    return prefix + ".silent";
  }

  /** {@link PartialRecord}s by {@link PartialRecord#key()}. */
  public String partials() {
    return prefix + ".partials";
  }

  /** {@link AwaitingRecord}s by {@link AwaitingRecord.Came#key()}. */
  public String awaiting() {
    return prefix + ".awaiting";
  }

  /** {@link StabilityRecord}s by {@link StabilityRecord#key()}. */
  public String stability() {
    return prefix + ".stability";
  }

  /**
   * {@link ReleaseRecord}s, {@link ReleaseAcceptance}s and pieces of rotations by {@link
   * ReleaseKey}.
   */
  public String releases() {
    return prefix + ".releases";
  }

  /** Generations of rules, as {@link RuleWriter} writes and {@link RuleFollower} reads them. */
  public String rules() {
    return prefix + ".rules";
  }

  /** Versions of imputers, and which are in force, by {@link ImputerKey}. */
  public String imputers() {
    return prefix + ".imputers";
  }

  /** {@link LabelRecord}s by {@link LabelRecord#key()}. */
  public String labels() {
    return prefix + ".labels";
  }

  /** {@link SampleRecord}s by {@link SampleRecord#messageKey()}. */
  public String samples() {
    return prefix + ".samples";
  }

  /** A stream's events with their gaps filled, by the keys that they came with. */
  public String imputed(String project, String stream) {
    return project.equals(DEFAULT_PROJECT)
        ? "%s.imputed.%s".formatted(prefix, stream)
        : "%s.imputed.%s.%s".formatted(prefix, project, stream);
  }

  /** What the topic of completed events is made as. */
  public TopicPlan imputedPlan(String project, String stream, int partitions) {
    return plan(imputed(project, stream), partitions, "delete", Duration.ofDays(7));
  }

  /** {@link RuleUse}s by {@link RuleUse#key()}. */
  public String ruleUse() {
    return prefix + ".rule-use";
  }

  /**
   * {@link ErasureRequest}s by {@link ErasureRequest#key()}, and {@link ErasureDone}s by {@link
   * ErasureDone#key()}.
   */
  public String erasures() {
    return prefix + ".erasures";
  }

  /** That records put aside were replayed: notes by project and position. */
  public String repairs() {
    return prefix + ".repairs";
  }

  /**
   * Whose a topic is that no project's rules may name: here are all projects' violations, counts
   * and dead letters, and what processors remember.
   */
  public Optional<String> owner(String topic) {
    return isOwn(topic) ? Optional.of("Assay itself") : Optional.empty();
  }

  private boolean isOwn(String topic) {
    return INTERNAL.stream().anyMatch(more -> topic.startsWith(prefix + more))
        || plans(1).stream().anyMatch(plan -> plan.name().equals(topic));
  }

  /** Everything that must be there before the processors start. */
  public List<TopicPlan> plans(int partitions) {
    return List.of(
        plan(violations(), partitions, "delete", Duration.ofDays(7)),
        // Cumulative: an older record of a key says nothing that the newest does not.
        plan(counts(), partitions, "compact,delete", Duration.ofDays(30)),
        plan(figures(), partitions, "compact,delete", Duration.ofDays(30)),
        plan(deadLetters(), partitions, "delete", Duration.ofDays(30)),
        plan(late(), partitions, "delete", Duration.ofDays(7)),
        plan(ticks(), partitions, "delete", Duration.ofDays(7)),
        // The newest of a key says it all, and of keys that are gone for good nobody asks.
        plan(silent(), partitions, "compact,delete", Duration.ofDays(30)),
        plan(partials(), partitions, "delete", Duration.ofDays(7)),
        plan(awaiting(), partitions, "delete", Duration.ofDays(7), LARGEST_INTERNAL),
        kept(stability(), partitions),
        // One partition: what belongs to a release stands in one order.
        kept(releases(), 1),
        // One partition: whoever is assigned it trains, and choices stand in one order.
        kept(imputers(), 1),
        // Labels are kept in the database; here they are on their way to it, and to whoever
        // listens.
        plan(labels(), partitions, "delete", Duration.ofDays(30)),
        // Likewise.
        plan(samples(), partitions, "delete", Duration.ofDays(30)),
        rulesPlan(),
        kept(ruleUse(), partitions),
        // One partition, read whole. Requests have digests only, and stay for longer than what they
        // speak of: a task that comes back after months still hears of them.
        plan(erasures(), 1, "compact,delete", Duration.ofDays(365)),
        repairsPlan());
  }

  /** One partition: all generations stand in one order. */
  public TopicPlan rulesPlan() {
    return kept(rules(), 1);
  }

  /** One partition: it is read whole. Notes stay for longer than what they speak of. */
  public TopicPlan repairsPlan() {
    return plan(repairs(), 1, "compact,delete", Duration.ofDays(365));
  }

  private static TopicPlan kept(String name, int partitions) {
    return plan(name, partitions, "compact", Duration.ofMillis(-1));
  }

  private static TopicPlan plan(String name, int partitions, String cleanup, Duration retention) {
    return plan(name, partitions, cleanup, retention, LARGEST_OUTPUT);
  }

  private static TopicPlan plan(
      String name, int partitions, String cleanup, Duration retention, int largest) {
    return new TopicPlan(
        name,
        partitions,
        Map.of(
            "message.timestamp.type",
            "LogAppendTime",
            "cleanup.policy",
            cleanup,
            "retention.ms",
            Long.toString(retention.toMillis()),
            "max.message.bytes",
            Integer.toString(largest)));
  }
}
