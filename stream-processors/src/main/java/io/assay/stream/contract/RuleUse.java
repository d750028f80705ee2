package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * By which generation of rules a task judges: told in the transaction that first uses it, when an
 * assertion comes to be, or is no longer, left out, and now and then with what judging has cost.
 *
 * @param application the group of processors
 * @param task as Kafka Streams calls it
 * @param sinceMillis by the clock, when this was told
 * @param suspended assertions that are left out because they took too much, and how much
 * @param errors assertions in error, and why
 * @param costs what was measured of each assertion since the task began to judge by these rules
 */
public record RuleUse(
    String project,
    String application,
    String task,
    long generation,
    long sinceMillis,
    Map<String, String> suspended,
    Map<String, String> errors,
    Map<String, Cost> costs) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A record must stay small whatever goes wrong: so many, and so much of each. */
  private static final int MOST = 200;

  private static final int LONGEST = 300;

  public RuleUse {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(task, "task");
    suspended = bounded(suspended);
    errors = bounded(errors);
    costs = costs == null ? Map.of() : Map.copyOf(costs);
  }

  /**
   * What judging took, of a sample of the events.
   *
   * @param events that were measured
   * @param nanos CPU time that they took together
   */
  public record Cost(long events, long nanos) {
    public Cost plus(Cost other) {
      return new Cost(events + other.events, nanos + other.nanos);
    }
  }

  /** Of a task that tells no cost. */
  public RuleUse(
      String project,
      String application,
      String task,
      long generation,
      long sinceMillis,
      Map<String, String> suspended,
      Map<String, String> errors) {
    this(project, application, task, generation, sinceMillis, suspended, errors, Map.of());
  }

  /** Of a task where all is well. */
  public RuleUse(
      String project, String application, String task, long generation, long sinceMillis) {
    this(project, application, task, generation, sinceMillis, Map.of(), Map.of(), Map.of());
  }

  private static Map<String, String> bounded(@Nullable Map<String, String> told) {
    Map<String, String> kept = new TreeMap<>();
    (told == null ? Map.<String, String>of() : told)
        .entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(MOST)
            .forEach(one -> kept.put(one.getKey(), cut(one.getValue())));
    return Map.copyOf(kept);
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** {@code project/application/task}: what compaction keeps. */
  public byte[] key() {
    return String.join("/", project, application, task).getBytes(StandardCharsets.UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static RuleUse read(byte[] json) {
    try {
      return JSON.readValue(json, RuleUse.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a use of rules needs an object with its task and generation, got: " + broken, broken);
    }
  }
}
